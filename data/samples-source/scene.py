#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Diorama authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Give the rendered scenes a lens: depth of field, then develop.py.

usage: scene.py terrace front.hdr back.hdr out.jpg [name=value ...]
       scene.py shore all.hdr out.jpg [name=value ...]
"""

import sys

import numpy as np

from develop import aperture, develop, filtered, options, read_hdr, save


def focus(x, radius):
    """Blur each row by its own radius (an array, one value a row)."""
    levels = [r for r in (0, 1.2, 2.4, 4, 6.5, 10) if r <= radius.max() * 1.7 + 1.2]
    stack = [x if r == 0 else filtered(x, aperture(r)) for r in levels]
    at = np.interp(radius, levels, np.arange(len(levels)))
    out = np.empty_like(x)
    for y, a in enumerate(at):
        i = min(int(a), len(levels) - 2) if len(levels) > 1 else 0
        t = a - i
        out[y] = stack[i][y] * (1 - t) + stack[min(i + 1, len(levels) - 1)][y] * t
    return out


def enlarged(x, h, w):
    """Resize by linear interpolation."""
    def axis(n, to):
        p = np.clip((np.arange(to) + 0.5) * n / to - 0.5, 0, n - 1)
        i = np.minimum(p.astype(int), n - 2)
        return i, (p - i).astype(np.float32)

    i, t = axis(x.shape[0], h)
    x = x[i] * (1 - t)[:, None, None] + x[i + 1] * t[:, None, None]
    i, t = axis(x.shape[1], w)
    return x[:, i] * (1 - t)[None, :, None] + x[:, i + 1] * t[None, :, None]


def shore(args):
    x = np.clip(read_hdr(args[0]), 0, 80)
    h, w = x.shape[:2]
    v = (np.arange(h) + 0.5) / h
    # Sea air: towards the horizon the water takes the light of the low sky.
    k = int(h * 0.47)
    air = x[k - h // 40:k - h // 200].mean(0)
    n = w // 16
    box = np.ones(2 * n + 1) / (2 * n + 1)
    air = np.stack([np.convolve(np.pad(air[:, c], n, "edge"), box, "valid") for c in range(3)], 1)
    veil = np.where(v > 0.47, 0.55 * np.exp(-(v - 0.47) / 0.022), 0.20 * np.exp((v - 0.47) / 0.03))[:, None, None]
    x = (x * (1 - veil) + air * veil * 0.97).astype(np.float32)
    away = np.interp(v, [0, 0.47, 0.53, 0.60, 0.72, 0.88, 1], [2.6, 2.6, 2.4, 1.6, 0.0, 0.0, 1.6])
    o = options(args[2:])
    save(args[1], develop(focus(x, away * w / 2048), **o), o.get("quality", 88))


def terrace(args):
    front, back = np.clip(read_hdr(args[0]), 0, 80), np.clip(read_hdr(args[1]), 0, 80)
    h, w = front.shape[:2]
    s = w / 2048
    edge = 0.45 + 0.27 / 2.25 / 0.93 * (w / h)  # where the table ends: eye / far / width
    v = (np.arange(h) + 0.5) / h
    soft = np.interp(v, [0, edge, 0.68, 0.76, 0.88, 1], [6, 6, 1.5, 0, 0, 3.5])
    mask = np.repeat(np.clip((v - edge) * h + 0.5, 0, 1)[:, None, None], w, 1).astype(np.float32)
    mask = filtered(mask, aperture(5.0 * s + 0.5))
    back = enlarged(filtered(back, aperture(23 * back.shape[1] / 2048)), h, w)
    x = focus(front, soft * s) * mask + back * (1 - mask)
    o = options(args[3:])
    save(args[2], develop(x, **o), o.get("quality", 88))


if __name__ == "__main__":
    globals()[sys.argv[1]](sys.argv[2:])
