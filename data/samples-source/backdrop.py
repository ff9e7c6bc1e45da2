#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Diorama authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Paint what lies far behind the scenes, as light (Radiance HDR).

usage: backdrop.py terrace|shore out.hdr [width]

The picture is a flat board at distance 1: x from -0.9 to 0.9, y from -0.1 to 0.8.
"""

import sys

import numpy as np

from develop import write_hdr

F = np.float32


def noise(x, y, seed):
    """Smooth lattice noise in -1..1."""
    t = np.random.default_rng(seed).uniform(-1, 1, (256, 256)).astype(F)
    xi, yi = np.floor(x), np.floor(y)
    fx, fy = x - xi, y - yi
    xi, yi = xi.astype(np.int64) & 255, yi.astype(np.int64) & 255
    fx = fx * fx * fx * (fx * (fx * 6 - 15) + 10)
    fy = fy * fy * fy * (fy * (fy * 6 - 15) + 10)
    x1, y1 = (xi + 1) & 255, (yi + 1) & 255
    a = t[yi, xi] + (t[yi, x1] - t[yi, xi]) * fx
    b = t[y1, xi] + (t[y1, x1] - t[y1, xi]) * fx
    return a + (b - a) * fy


def fbm(x, y, octaves, seed, gain=0.5):
    v, amp, total = 0, 1.0, 0.0
    for i in range(octaves):
        v = v + amp * noise(x, y, seed + i)
        total += amp
        amp *= gain
        x, y = 1.62 * x + 1.21 * y + 17.3, 1.62 * y - 1.21 * x + 5.7
    return v / total


def smooth(a, b, x):
    t = np.clip((x - a) / (b - a), 0, 1)
    return t * t * (3 - 2 * t)


def mix(a, b, t):
    t = t[..., None]
    return a * (1 - t) + b * t


def rgb(*c):
    return np.array(c, F)


def board(w):
    h = w // 2
    x, y = np.meshgrid((np.arange(w) + 0.5) / w * 1.8 - 0.9, 0.8 - (np.arange(h) + 0.5) / h * 0.9)
    return x.astype(F), y.astype(F)


def clouds(u, v, sun, height, scale, cover, seed, stretch=1.0, thick=0.35):
    """Cover and light of a flat layer of clouds, seen from below in perspective."""
    v = np.maximum(v, 0.004)
    px, pz = u / (v + 0.05) * height / scale, 1 / (v + 0.05) * height / scale
    px = px * stretch

    def density(px, pz):
        wx = fbm(px * 0.7 + 3, pz * 0.7, 3, seed + 50)
        wz = fbm(px * 0.7 - 8, pz * 0.7 + 2, 3, seed + 60)
        n = fbm(px + 0.9 * wx, pz + 0.9 * wz, 8, seed, 0.54)
        b = 1 - 2 * np.abs(fbm(px * 2.1 + wx, pz * 2.1, 6, seed + 20, 0.55))
        return n + 0.16 * b

    d = density(px, pz)
    a = smooth(cover, cover + thick, d)
    shade = 0
    for i, t in enumerate((0.06, 0.14, 0.30)):
        shade = shade + np.maximum(density(px + sun[0] * t, pz + sun[1] * t) - cover, 0) * (1.0, 0.8, 0.6)[i]
    return a, np.exp(-3.2 * shade) * (0.35 + 0.65 * np.exp(-2.2 * np.maximum(d - cover, 0)))


def ridge(x, freq, seed, octaves=7, gain=0.5):
    return fbm(x * freq, x * 0 + seed * 1.7, octaves, seed, gain)


def shore(w):
    x, y = board(w)
    el = y / np.sqrt(1 + x * x)
    sx, sy = -0.60, 0.10
    r = np.hypot(x - sx, (y - sy) * 1.25)
    sky = mix(rgb(1.00, 0.60, 0.30) * 1.0, rgb(0.62, 0.60, 0.62) * 0.95, smooth(0.0, 0.22, el))
    sky = mix(sky, rgb(0.11, 0.26, 0.54) * 0.9, smooth(0.04, 0.40, el))
    sky = mix(sky, rgb(0.045, 0.12, 0.32), smooth(0.3, 0.8, el))
    side = smooth(-0.5, 1.2, x)
    sky = sky * (1.12 - 0.30 * side)[..., None]
    sky = mix(sky, sky * rgb(0.86, 0.88, 1.12), side * (1 - smooth(0, .3, el)))
    sky = sky + rgb(1.5, 0.80, 0.32) * (0.9 * np.exp(-r * 4.2) + 1.6 * np.exp(-r * 12))[..., None]
    sky = sky + rgb(60, 40, 20) * smooth(0.030, 0.024, r)[..., None]

    # High streaks, then puffs lit from below by the low sun.
    a, l = clouds(x, y + 0.02, (-0.5, 0.6), 1.0, 0.9, 0.12, 40, 0.45, 0.75)
    warm = np.exp(-r * 1.3)
    lit = mix(rgb(1.02, 0.72, 0.56) * np.ones(x.shape + (1,), F), rgb(2.2, 1.25, 0.62) * np.ones(x.shape + (1,), F), warm)
    fade = smooth(0.015, 0.10, el)
    sky = mix(sky, lit, 0.55 * a * fade)
    a, l = clouds(x, y, (-0.55, 0.45), 1.0, 0.62, 0.06, 7, 0.62, 0.42)
    dark = mix(rgb(0.30, 0.29, 0.40) * np.ones(x.shape + (1,), F), rgb(0.62, 0.36, 0.32) * np.ones(x.shape + (1,), F), np.exp(-el * 7))
    cloud = mix(dark, lit * 1.15, np.clip(l * 1.25, 0, 1))
    haze = np.exp(-np.maximum(el, 0) * 9)
    cloud = mix(cloud, rgb(1.05, 0.66, 0.40) * np.ones(x.shape + (1,), F), haze * 0.75)
    sky = mix(sky, cloud, a * smooth(0.012, 0.09, el) * 0.94)

    # Headlands in the haze, far to near.
    air = rgb(1.05, 0.64, 0.38)
    glow = air * (0.55 + 1.1 * np.exp(-np.abs(x - sx) * 2.2))[..., None]
    glow = mix(glow, rgb(0.44, 0.42, 0.52) * np.ones(x.shape + (1,), F), smooth(-0.3, 0.9, x))
    for top, lo, hi, col, thick, seed in (
            (0.060, -0.05, 0.7, (0.15, 0.17, 0.24), 0.34, 3),
            (0.085, 0.14, 0.66, (0.10, 0.12, 0.17), 0.58, 9),
            (0.030, -0.28, -0.8, (0.13, 0.10, 0.10), 0.42, 13)):
        s = np.clip((x - lo) / (hi - lo), 0, None)
        hgt = top * smooth(0, 1, s) ** 0.8 * (1 + 0.9 * ridge(x, 6, seed)) + 0.003 * ridge(x, 90, seed + 4, 5) * smooth(0, .12, s)
        hgt = np.where(s > 0, hgt, -1)
        m = smooth(0.0012, -0.0012, y - hgt)
        tex = 0.85 + 0.4 * fbm(x * 40, y * 90, 5, seed + 30)
        lowhaze = np.exp(-np.maximum(y, 0) / (top * 0.7))
        c = mix(rgb(*col) * tex[..., None], glow, np.clip(1 - thick + 0.35 * lowhaze, 0, 1))
        sky = mix(sky, c, m)
    return sky


def terrace(w):
    x, y = board(w)
    el = y / np.sqrt(1 + x * x)
    sx, sy = -0.55, 0.75
    r = np.hypot(x - sx, y - sy)
    sky = mix(rgb(0.86, 0.84, 0.78), rgb(0.30, 0.54, 0.80), smooth(-0.02, 0.13, el))
    sky = mix(sky, rgb(0.085, 0.27, 0.60), smooth(0.05, 0.42, el))
    sky = sky + rgb(1.0, 0.86, 0.62) * (0.55 * np.exp(-r * 2.6))[..., None]
    a, l = clouds(x, y + 0.03, (-0.4, 0.5), 1.0, 0.8, 0.17, 22, 0.8, 0.4)
    cloud = mix(rgb(0.62, 0.66, 0.74) * np.ones(x.shape + (1,), F), rgb(1.75, 1.62, 1.42) * np.ones(x.shape + (1,), F), np.clip(l * 1.3, 0, 1))
    sky = mix(sky, cloud, a * smooth(0.02, 0.14, el) * 0.9)
    for top, lo, hi, col, thick, seed in (
            (0.085, -0.30, 0.7, (0.09, 0.16, 0.24), 0.52, 5),
            (0.060, 0.10, 0.6, (0.05, 0.11, 0.09), 0.78, 8)):
        s = np.clip((x - lo) / (hi - lo), 0, None)
        hgt = np.where(s > 0, top * smooth(0, 1, s) ** 0.7 * (1 + 0.8 * ridge(x, 6, seed)), -1)
        m = smooth(0.001, -0.001, y - hgt)
        tex = 0.85 + 0.5 * fbm(x * 40, y * 90, 5, seed + 30)
        c = mix(rgb(*col) * tex[..., None], rgb(0.86, 0.86, 0.82) * np.ones(x.shape + (1,), F),
                np.clip(1 - thick + 0.2 * np.exp(-np.maximum(y, 0) / 0.03), 0, 1))
        sky = mix(sky, c, m)
    # The sea, with sparks of sun: each is one bright point, to become a disc out of focus.
    sea = mix(rgb(0.34, 0.56, 0.66) * np.ones(x.shape + (1,), F), rgb(0.020, 0.20, 0.32) * np.ones(x.shape + (1,), F), smooth(0.0, -0.05, y))
    depth = 1 / np.maximum(-y, 0.0015)
    n = fbm(x * depth * 1.5, depth * 1.5, 5, 77)
    sea = sea * (1 + 0.28 * n)[..., None]
    path = np.exp(-((x - sx * 0.55) / 0.30) ** 2)
    rng = np.random.default_rng(3)
    spark = rng.random(x.shape) < 0.0011 * path * smooth(0.0, -0.006, y)
    sea = sea + rgb(1.0, 0.86, 0.62) * (spark * rng.uniform(20, 130, x.shape) + 0.22 * path)[..., None]
    return mix(sky, sea, (y < 0).astype(F))


if __name__ == "__main__":
    write_hdr(sys.argv[2], globals()[sys.argv[1]](int(sys.argv[3]) if len(sys.argv) > 3 else 4096))
