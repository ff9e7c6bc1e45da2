#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Diorama authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Paint the style sample: an oil landscape of swirling hills, stroke by stroke.

usage: brush.py out.jpg [height] [quality]

A plan of the picture gives each place its colour and the direction the brush
runs; strokes go down from large to small, each with its own bristles, which
leave ridges of paint. At the end the ridges are lit from the upper left.
"""

import sys

import numpy as np

from backdrop import fbm, mix, noise, rgb, smooth
from develop import filtered, gauss, save

PALETTE = dict(
    deep=rgb(0.055, 0.085, 0.28), ultramarine=rgb(0.09, 0.18, 0.55), blue=rgb(0.20, 0.42, 0.74),
    teal=rgb(0.05, 0.42, 0.46), mint=rgb(0.45, 0.70, 0.62), cream=rgb(0.97, 0.91, 0.74),
    ochre=rgb(0.86, 0.60, 0.17), gold=rgb(0.96, 0.76, 0.30), coral=rgb(0.91, 0.40, 0.29),
    rust=rgb(0.56, 0.20, 0.13))


def ramp(t, names):
    c = np.stack([PALETTE[n] for n in names])
    p = np.clip(t, 0, 1) * (len(names) - 1)
    i = np.minimum(p.astype(int), len(names) - 2)
    f = (p - i)[..., None]
    f = f * f * (3 - 2 * f)
    return c[i] * (1 - f) + c[i + 1] * f


def plan(h, w):
    """The colour and the brush direction at each point (y down, 0..1 by 0..w/h)."""
    y, x = np.mgrid[0:h, 0:w].astype(np.float32) / h
    aspect = w / h
    # Sky: eddies around a few centres, in bands of blue, mint, cream and gold.
    ang = 0.25 * fbm(x * 2, y * 2, 3, 4)
    vx, vy = np.cos(ang), np.sin(ang)
    band = y * 2.1 + 0.35 * fbm(x * 1.6, y * 2.2, 4, 9)
    suns = ((0.74, 0.24, 0.21, 1), (0.24, 0.17, 0.13, -1), (0.42, 0.40, 0.10, 1), (1.12, 0.40, 0.11, -1), (1.15, 0.10, 0.09, 1))
    for cx, cy, r, s in suns:
        dx, dy = x - cx * aspect / 1.25, y - cy
        d = np.sqrt(dx * dx + dy * dy) + 1e-4
        k = np.exp(-(d / r) ** 2 * 0.8) * 3.0
        vx, vy = vx + k * (-dy / d * s + 0.25 * dx / d), vy + k * (dx / d * s + 0.25 * dy / d)
        twist = np.arctan2(dy, dx) / (2 * np.pi) * s
        band = band + np.exp(-(d / r) ** 2 * 0.9) * (0.42 * np.sin(2 * np.pi * (d / r * 1.6 - twist)))
    colour = ramp(0.5 + 0.5 * np.sin(band * 4.4 + 0.4), ("deep", "ultramarine", "blue", "teal", "mint", "cream"))
    low = smooth(0.30, 0.56, y + 0.05 * fbm(x * 3, y * 3, 3, 2))
    colour = mix(colour, ramp(0.5 + 0.5 * np.sin(band * 6), ("coral", "gold", "cream", "gold")), low * 0.85)
    d = np.hypot(x - 0.74 * aspect / 1.25, y - 0.24)
    colour = mix(colour, PALETTE["gold"] + 0 * colour, smooth(0.135, 0.085, d) * 0.9)
    colour = mix(colour, PALETTE["cream"] + 0 * colour, smooth(0.062, 0.035, d))
    colour = mix(colour, PALETTE["coral"] + 0 * colour, np.exp(-((d - 0.125) / 0.012) ** 2) * 0.8)
    # Hills, each lying in front of the last, furrowed along its slope.
    hills = ((0.53, 0.06, 1.5, 3, ("ultramarine", "blue", "teal")), (0.60, 0.08, 1.3, 5, ("deep", "teal", "mint")),
             (0.69, 0.08, 1.1, 8, ("rust", "coral", "gold")), (0.78, 0.07, 1.2, 12, ("deep", "ultramarine", "teal", "mint")),
             (0.89, 0.06, 1.0, 17, ("rust", "ochre", "gold", "cream")))
    for top, amp, freq, seed, cols in hills:
        def edge(q):
            return top + amp * 1.6 * fbm(q * freq + seed, q * 0 + seed * 0.37, 3, seed)
        e = edge(x)
        slope = (edge(x + 0.01) - edge(x - 0.01)) / 0.02
        m = smooth(-0.003, 0.003, y - e)
        depth = (y - e) / 0.14
        furrow = np.sin(depth * 9 + 2.2 * fbm(x * 2.5, y * 4, 3, seed + 40) + x * 5)
        t = np.clip(0.45 + 0.38 * furrow - 0.25 * slope * 2 - 0.3 * (depth - 0.4) + 0.2 * fbm(x * 7, y * 7, 3, seed + 3), 0, 1)
        c = ramp(t, cols)
        c = mix(c, PALETTE["deep"] + 0 * c, np.exp(-(depth / 0.045) ** 2) * 0.55)
        colour = mix(colour, c, m)
        n = fbm(x * 2.5, y * 4, 3, seed + 40)
        gy, gx = np.gradient(n, 1 / h, 1 / w * aspect)
        hx, hy = 1.0 + 0 * x, slope - 0.18 * gx
        vx, vy = vx * (1 - m) + hx * m, vy * (1 - m) + hy * m
    return colour.astype(np.float32), np.arctan2(vy, vx).astype(np.float32)


def paint(h, w):
    rng = np.random.default_rng(2024)
    colour, angle = plan(h, w)
    ground = np.array([0.42, 0.22, 0.13], np.float32)
    canvas = np.tile(ground, (h, w, 1)) * (1 + 0.05 * rng.normal(0, 1, (h, w, 1)))
    canvas = canvas.astype(np.float32)
    relief = np.zeros((h, w), np.float32)
    s = h / 1120
    soft = filtered(colour, gauss(3 * s))
    detail = np.abs(soft - filtered(colour, gauss(22 * s))).sum(2)
    for length, width, spacing, jitter in ((165, 42, 19, 0.10), (120, 27, 12, 0.085), (84, 17, 9, 0.075), (54, 10.5, 8, 0.07)):
        length, width, spacing = length * s, width * s, spacing * s
        ys, xs = np.meshgrid(np.arange(0, h, spacing), np.arange(0, w, spacing), indexing="ij")
        pts = np.stack([ys.ravel(), xs.ravel()], 1) + rng.uniform(-0.6, 0.6, (ys.size, 2)) * spacing
        if length < 60 * s:
            iy, ix = np.clip(pts[:, 0], 0, h - 1).astype(int), np.clip(pts[:, 1], 0, w - 1).astype(int)
            pts = pts[rng.random(len(pts)) < np.clip(detail[iy, ix] * 2.6, 0.06, 1)]
        rng.shuffle(pts)
        for cy, cx in pts:
            stroke(canvas, relief, colour, soft, angle, cy, cx, length * rng.uniform(0.65, 1.25),
                   width * rng.uniform(0.75, 1.2), jitter, rng, s)
    return canvas, relief


def stroke(canvas, relief, colour, soft, angle, cy, cx, length, width, jitter, rng, s):
    h, w = relief.shape
    iy, ix = int(np.clip(cy, 0, h - 1)), int(np.clip(cx, 0, w - 1))
    base = soft[iy, ix]
    # Follow the direction field both ways from the middle.
    step, path = max(width * 0.35, 2.0), [(cy, cx)]
    for sign in (1, -1):
        y, x, last = cy, cx, None
        for _ in range(int(length / 2 / step)):
            a = angle[int(np.clip(y, 0, h - 1)), int(np.clip(x, 0, w - 1))]
            d = np.array([np.sin(a), np.cos(a)]) * sign
            if last is not None and d @ last < 0.35:
                break
            last = d
            y, x = y + d[0] * step, x + d[1] * step
            if np.abs(soft[int(np.clip(y, 0, h - 1)), int(np.clip(x, 0, w - 1))] - base).sum() > 0.42:
                break
            path = path + [(y, x)] if sign > 0 else [(y, x)] + path
    if len(path) < 3:
        return
    p = np.array(path, np.float32)
    half = width / 2
    y0, x0 = np.floor(p.min(0) - half - 2).astype(int)
    y1, x1 = np.ceil(p.max(0) + half + 3).astype(int)
    y0, x0, y1, x1 = max(y0, 0), max(x0, 0), min(y1, h), min(x1, w)
    if y1 - y0 < 2 or x1 - x0 < 2:
        return
    yy, xx = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    best = np.full(yy.shape, 1e9, np.float32)
    along, side = np.zeros_like(best), np.zeros_like(best)
    n = len(p) - 1
    for i in range(n):
        a, d = p[i], p[i + 1] - p[i]
        l2 = float(d @ d)
        py, px = yy - a[0], xx - a[1]
        raw = (py * d[0] + px * d[1]) / l2
        t = np.clip(raw, -0.6 if i == 0 else 0, 1.6 if i == n - 1 else 1)
        q = (py - t * d[0]) ** 2 + (px - t * d[1]) ** 2
        m = q < best
        best = np.where(m, q, best)
        along = np.where(m, (i + t) / n, along)
        side = np.where(m, (px * d[0] - py * d[1]) / np.sqrt(l2), side)
    u = side / half
    dist = np.sqrt(best) / half
    # Bristles: lines along the stroke, thinning out towards its end.
    k = rng.integers(0, 1000)
    bristle = noise(u * half / (1.25 * s) + k, along * length / (55 * s) + k, 5)
    bristle = 0.65 * bristle + 0.35 * noise(u * half / (3.2 * s) + k, along * length / (90 * s), 6)
    load = 1.15 - 0.95 * np.clip(along, 0, 1) ** 2.2
    body = np.clip((1 - dist - 0.10 * bristle) * half / (1.4 * s), 0, 1)
    ends = np.clip((along + 0.10 + 0.05 * bristle) * 14, 0, 1) * np.clip((1.08 - along + 0.16 * bristle) * 9, 0, 1)
    cover = body * ends * np.clip(load + 0.9 * bristle + 0.25, 0, 1)
    paint = base + rng.normal(0, jitter * 0.45, 3).astype(np.float32) + np.float32(rng.normal(0, jitter))
    other = colour[int(np.clip(cy + rng.normal(0, 26 * s), 0, h - 1)), int(np.clip(cx + rng.normal(0, 26 * s), 0, w - 1))]
    streak = np.clip(0.22 + 0.8 * bristle, 0, 0.55)[..., None]
    tint = paint * (1 - streak) + (0.55 * other + 0.45 * paint) * streak
    tint = tint * (1 + 0.10 * bristle)[..., None]
    c = cover[..., None] * 0.96
    canvas[y0:y1, x0:x1] = canvas[y0:y1, x0:x1] * (1 - c) + tint * c
    edge = np.exp(-((dist - 0.86) / 0.13) ** 2)
    tip = np.exp(-((along - 0.98) / 0.06) ** 2) * (dist < 1)
    thick = (0.55 + 0.55 * bristle + 0.75 * edge + 0.5 * tip) * min(1.0, 0.4 + half / (14 * s))
    r = relief[y0:y1, x0:x1]
    relief[y0:y1, x0:x1] = r * (1 - 0.85 * cover) + (0.30 * r + thick) * 0.85 * cover


def main(path, h=1120, quality=88):
    w = h * 5 // 4
    canvas, relief = paint(h, w)
    s = h / 1120
    yy, xx = np.mgrid[0:h, 0:w] / s
    weave = np.sin(xx * 1.45 + 0.4 * np.sin(yy * 0.05)) * np.sin(yy * 1.45) * 0.05
    z = filtered((relief + weave)[..., None], gauss(0.8 * s))[..., 0]
    gy, gx = np.gradient(z)
    gy, gx = gy * 1.5 * s, gx * 1.5 * s
    nl = 1 / np.sqrt(gx * gx + gy * gy + 1)
    light = np.array([-0.50, -0.62, 0.62])
    diffuse = np.clip((-gx * light[0] - gy * light[1] + light[2]) * nl, 0, 2)
    half = np.array([-0.28, -0.36, 0.89])
    gloss = np.clip((-gx * half[0] - gy * half[1] + half[2]) * nl, 0, 1) ** 42
    shade = 0.42 + 0.58 * diffuse / 0.62
    v = np.clip(canvas, 0.02, 1) * np.clip(shade, 0.35, 1.5)[..., None] + 0.11 * (gloss - 0.006)[..., None].clip(0)
    lum = v.mean(2, keepdims=True)
    v = lum + (v - lum) * 1.10
    v = v + 0.2 * (v - filtered(v.astype(np.float32), gauss(1.0)))
    save(path, np.clip(v * 255 + 0.5, 0, 255).astype(np.uint8), quality)


if __name__ == "__main__":
    main(sys.argv[1], *[int(a) for a in sys.argv[2:4]])
