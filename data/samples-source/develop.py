#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Diorama authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Develop a Radiance HDR render like a photo: exposure, glow, tone, grain, JPEG.

usage: develop.py in.hdr out.jpg [name=value ...]
"""

import sys

import numpy as np
from PIL import Image


def read_hdr(path):
    data = open(path, "rb").read()
    end = data.index(b"\n\n") + 2
    eol = data.index(b"\n", end)
    t = data[end:eol].split()
    h, w = int(t[1]), int(t[3])
    out = np.zeros((h, 4, w), np.uint8)
    p = eol + 1
    for y in range(h):
        p += 4
        for c in range(4):
            x, row = 0, out[y, c]
            while x < w:
                n = data[p]
                if n > 128:
                    row[x:x + n - 128] = data[p + 1]
                    x, p = x + n - 128, p + 2
                else:
                    row[x:x + n] = np.frombuffer(data, np.uint8, n, p + 1)
                    x, p = x + n, p + 1 + n
    e = out[:, 3].astype(np.float32)
    s = np.where(e > 0, np.exp2(e - 136), 0)
    return np.moveaxis(out[:, :3].astype(np.float32) + 0.5, 1, 2) * s[..., None]


def write_hdr(path, rgb):
    m = np.maximum(rgb.max(2), 1e-9)
    e = np.ceil(np.log2(m) + 1e-6)
    b = np.empty(rgb.shape[:2] + (4,), np.uint8)
    b[..., :3] = np.clip(rgb * np.exp2(8 - e)[..., None], 0, 255)
    b[..., 3] = np.clip(e + 128, 0, 255)
    with open(path, "wb") as f:
        f.write(b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y %d +X %d\n" % rgb.shape[:2])
        f.write(b.tobytes())


def filtered(a, kernel):
    """Convolve each channel with a kernel centred in its array; edges mirror."""
    k = kernel.shape[0] // 2
    p = np.pad(a, ((k, k), (k, k), (0, 0)), "symmetric")
    s = p.shape[:2]
    fk = np.fft.rfft2(kernel / kernel.sum(), s)
    out = np.stack([np.fft.irfft2(np.fft.rfft2(p[..., c]) * fk, s)
                    for c in range(a.shape[2])], 2)
    return out[2 * k:2 * k + a.shape[0], 2 * k:2 * k + a.shape[1]].astype(np.float32)


def gauss(sigma):
    n = int(sigma * 3) + 1
    x = np.arange(-n, n + 1)
    g = np.exp(-x * x / (2 * sigma * sigma))
    return g[:, None] * g[None]


def aperture(radius, blades=0):
    """The disc a point of light becomes out of focus, a little brighter at its rim."""
    n = int(np.ceil(radius)) + 1
    y, x = np.mgrid[-n:n + 1, -n:n + 1]
    r = np.hypot(x, y)
    if blades:
        a = (np.arctan2(y, x) + 0.3) % (2 * np.pi / blades) - np.pi / blades
        r = 0.5 * r + 0.5 * r * np.cos(a) / np.cos(np.pi / blades)
    return np.clip(radius + 0.5 - r, 0, 1) * (0.75 + 0.35 * (r / max(radius, 1)) ** 4)


def tone(x):
    """Light to display values: a film-like shoulder, then the sRGB curve."""
    y = 1 - np.exp(-1.1 * np.maximum(x, 0))
    return np.where(y < 0.0031308, 12.92 * y, 1.055 * y ** (1 / 2.4) - 0.055)


def develop(x, exposure=1.0, glow=0.06, glow_size=0.02, vignette=0.25, grain=1.0,
            saturation=1.0, warm=0.0, lift=0.0, contrast=0.0, shadows="0,0,0",
            lights="0,0,0", sharpen=0.35, seed=1, **_):
    h, w = x.shape[:2]
    x = np.clip(x, 0, 60) * exposure
    if glow:
        k = gauss(w * glow_size)
        k /= k.sum()
        x = x * (1 - glow) + glow * filtered(np.minimum(x, 8), k)
    yy, xx = np.mgrid[-1:1:h * 1j, -1:1:w * 1j]
    r = (xx ** 2 * (w / h) + yy ** 2 * (h / w)) / 2
    x = x * (1 - vignette * np.clip(r, 0, 1.4) ** 1.3)[..., None]
    x = x * np.array([1 + warm, 1, 1 - warm], np.float32)
    v = tone(x)
    lum = (v @ np.array([0.3, 0.6, 0.1], np.float32))[..., None]
    v = lum + (v - lum) * saturation
    sh = np.array([float(s) for s in shadows.split(",")])
    li = np.array([float(s) for s in lights.split(",")])
    v = v + sh * (1 - lum) ** 2 * 0.2 + li * lum ** 2 * 0.2
    v = v + contrast * (v - 0.5) * (1 - np.abs(2 * v - 1)) + lift * (1 - v)
    if sharpen:
        v = v + sharpen * (v - filtered(v, gauss(1.0)))
    if grain:
        rng = np.random.default_rng(int(seed))
        g = rng.normal(0, 1, (h, w, 1))
        g = filtered(g, gauss(0.7)) * 1.9
        c = filtered(rng.normal(0, 1, (h, w, 3)), gauss(1.2)) * 1.2
        v = v + grain * (0.006 * g + 0.003 * c) * (0.5 + np.sqrt(np.clip(lum * (1 - lum), 0, 1)))
    rng = np.random.default_rng(7)
    v = v * 255 + rng.uniform(-0.5, 0.5, v.shape)
    return np.clip(v + 0.5, 0, 255).astype(np.uint8)


def save(path, rgb, quality=88):
    Image.fromarray(rgb).save(path, quality=int(quality), optimize=True, progressive=True,
                              subsampling=0 if quality > 90 else 2)


def options(args):
    out = {}
    for a in args:
        k, v = a.split("=", 1)
        try:
            out[k] = float(v)
        except ValueError:
            out[k] = v
    return out


if __name__ == "__main__":
    o = options(sys.argv[3:])
    save(sys.argv[2], develop(read_hdr(sys.argv[1]), **o), o.get("quality", 88))
