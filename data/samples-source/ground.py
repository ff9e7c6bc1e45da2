#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Diorama authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The beach of shore.pov: sand and water as meshes, foam as a mask.

usage: ground.py out.inc foam.png [detail]

The grids follow the camera (at EYE over the origin, looking along z), so every
part of the picture gets the same number of points.
"""

import sys

import numpy as np
from PIL import Image

from backdrop import fbm, noise, smooth
from shapes import sheet

EYE = 0.62


def shoreline(x):
    return 4.6 + 0.55 * np.sin(x * 0.42 + 0.6) + 0.16 * x + 0.16 * np.sin(x * 1.5 + 2) + 0.05 * np.sin(x * 4.1)


def sand(x, z):
    s = shoreline(x) - z
    h = 0.040 * s + 0.010 * np.maximum(s - 1.6, 0) ** 1.3
    dry = smooth(1.0, 2.4, s + 0.5 * fbm(x * 0.9, z * 0.9, 3, 5))
    h = h + dry * (0.024 * fbm(x * 0.9, z * 0.9, 3, 21) + 0.008 * fbm(x * 4, z * 4, 3, 22))
    a = x * 0.42 + z * 0.9 + 0.16 * fbm(x * 1.1, z * 1.1, 3, 31)
    p = (a / 0.085) % 1.0
    saw = np.where(p < 0.66, p / 0.66, (1 - p) / 0.34)
    saw = saw * saw * (3 - 2 * saw)
    field = smooth(-0.10, 0.45, fbm(x * 0.8 + 4, z * 0.8, 3, 41))
    h = h + dry * field * 0.0075 * (saw - 0.5)
    h = h + dry * (0.0022 * fbm(x * 22, z * 22, 4, 51, 0.6) + 0.0009 * noise(x * 160, z * 160, 61))
    return h


WAVES = ((2.4, 0.035, 0.40), (5.2, 0.050, 0.8), (10.5, 0.05, 1.6))


def crest(x, z, k):
    at, height, width = WAVES[k]
    s = z - shoreline(x * 0.8 + k) - at + 0.5 * fbm(x * 0.25 + 7 * k, z * 0, 3, 80 + k)
    return s / width


def water(x, z):
    h = 0.010 * fbm(x * 1.3, z * 2.2, 4, 71) + 0.004 * fbm(x * 5, z * 9, 3, 72)
    for k, (_, height, _) in enumerate(WAVES):
        t = crest(x, z, k)
        shape = np.where(t < 0, np.exp(-(t / 0.35) ** 2), np.exp(-(t / 1.3) ** 2))
        h = h + height * shape * (0.75 + 0.5 * fbm(x * 0.3 + k * 5, z * 0, 2, 90 + k))
    s = z - shoreline(x)
    return h * smooth(-0.1, 1.5, s) + 0.004 * smooth(0, 0.6, s)


def foam(x, z):
    s = z - shoreline(x)
    cells = 1 - np.abs(fbm(x * 2.6 + 0.5 * fbm(x, z, 3, 8), z * 4.2, 5, 101, 0.6)) * 2.6
    fine = 1 - np.abs(fbm(x * 11, z * 15, 4, 111, 0.6)) * 2.4
    lace = np.maximum(cells, 0) ** 3 * (0.35 + 0.65 * np.maximum(fine, 0) ** 2)
    m = lace * smooth(-0.02, 0.08, s) * smooth(2.6, 0.3, s) * 1.15
    m = np.maximum(m, smooth(-0.02, 0.02, s) * smooth(0.20, 0.03, s + 0.10 * fbm(x * 6, z * 6, 4, 7)) * (0.55 + 0.45 * fine))
    for k in range(2):
        t = crest(x, z, k)
        on = smooth(-0.05, 0.35, fbm(x * 0.35 + 11 * k, z * 0 + k, 3, 120 + k))
        broken = smooth(-1.05, -0.15, t + 0.5 * fbm(x * 3, z * 3, 4, 130)) * smooth(0.42, 0.02, t + 0.25 * fbm(x * 5, z * 7, 4, 131))
        trail = lace * smooth(2.6, 0.0, t) * smooth(-0.1, 0.3, t) * 0.7
        m = np.maximum(m, np.maximum(broken * (0.55 + 0.55 * np.maximum(fine, 0)), trail) * on)
    return np.clip(m, 0, 1)


def grid(v0, v1, rows, cols, half):
    t = np.linspace(0, 1, rows)
    z = 1 / (1 / (EYE / v0) * (1 - t) + 1 / (EYE / v1) * t)
    u = np.linspace(-half, half, cols)
    zz, uu = np.meshgrid(z, u, indexing="ij")
    return uu * zz, zz


if __name__ == "__main__":
    n = int(sys.argv[3]) if len(sys.argv) > 3 else 900
    with open(sys.argv[1], "w") as out:
        x, z = grid(0.55, 0.075, n * 3 // 5, n, 0.66)
        sheet(np.stack([x, sand(x, z), z], -1), "sand", out)
        x, z = grid(0.21, 0.014, n // 2, n * 3 // 4, 0.62)
        sheet(np.stack([x, water(x, z), z], -1), "water", out)
    a = np.linspace(0, 1, 2048)
    x, z = np.meshgrid(a * 20 - 10, (1 - a) * 20 + 3)
    Image.fromarray((foam(x, z) * 255).astype(np.uint8)).save(sys.argv[2])
