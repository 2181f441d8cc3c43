"""OpenCV for `marquetry bench image`: reads lines of a method and files, answers each with its processor seconds."""
import sys
import time

import cv2
import numpy as np

cv2.setNumThreads(1)


def inpaint(flag):
    def run(picture, mask, out):
        picture, mask = cv2.imread(picture), cv2.imread(mask, cv2.IMREAD_GRAYSCALE)
        start = time.process_time()
        made = cv2.inpaint(picture, mask, 5, flag)
        seconds = time.process_time() - start
        cv2.imwrite(out, made)
        return seconds
    return run


def surface(picture):
    """A quadratic surface for each channel, fitted to the rim with Tukey's weights; and its deviation in levels."""
    h, w = picture.shape[:2]
    band = max(4, min(w, h) // 40)
    rim = np.zeros((h, w), bool)
    rim[:band], rim[-band:], rim[:, :band], rim[:, -band:] = True, True, True, True
    ys, xs = np.mgrid[0:h, 0:w].astype(np.float64)
    xs, ys = xs / w - 0.5, ys / h - 0.5
    terms = np.stack([np.ones_like(xs), xs, ys, xs * xs, xs * ys, ys * ys], -1)
    a, b = terms[rim], picture[rim].astype(np.float64)
    weight = (np.abs(b - np.median(b, 0)).max(1) < 60).astype(np.float64)
    sigma = 7.0
    for _ in range(5):
        root = np.sqrt(weight)[:, None]
        fit = np.linalg.lstsq(a * root, b * root, rcond=None)[0]
        off = np.abs(b - a @ fit).max(1)
        sigma = max(1.0, 1.48 * np.median(off[weight > 0])) if (weight > 0).any() else 7.0
        cut = max(10.0, 5 * sigma)
        weight = np.clip(1 - (off / cut) ** 2, 0, None) ** 2
    return terms @ fit, sigma


def grabcut_seed(picture, out):
    """GrabCut at half size, seeded by the distance from the rim's surface, then a guided filter at full size."""
    picture = cv2.imread(picture)
    start = time.process_time()
    back, sigma = surface(picture)
    off = np.abs(picture - back).max(2)
    h, w = off.shape
    small = cv2.resize(picture, (w // 2, h // 2), interpolation=cv2.INTER_AREA)
    far = cv2.resize(off.astype(np.float32), (w // 2, h // 2), interpolation=cv2.INTER_AREA)
    near = (far < max(6.0, 3 * sigma)).astype(np.uint8)
    _, parts = cv2.connectedComponents(near)
    rim = np.unique(np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1]]))
    outside = np.isin(parts, rim[rim > 0]) & (near > 0)
    mask = np.full(far.shape, cv2.GC_PR_FGD, np.uint8)
    mask[far < 40] = cv2.GC_PR_BGD
    mask[cv2.erode((far > 70).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0] = cv2.GC_FGD
    mask[outside] = cv2.GC_BGD
    try:
        cv2.grabCut(small, mask, None, np.zeros((1, 65)), np.zeros((1, 65)), 3, cv2.GC_INIT_WITH_MASK)
    except cv2.error:
        pass
    alpha = np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.float32)
    alpha = cv2.resize(alpha, (w, h), interpolation=cv2.INTER_LINEAR)
    if hasattr(cv2, "ximgproc"):
        alpha = cv2.ximgproc.guidedFilter(picture.astype(np.float32) / 255, alpha, 4, 1e-4)
    seconds = time.process_time() - start
    cv2.imwrite(out, np.clip(alpha * 255, 0, 255).astype(np.uint8))
    return seconds


METHODS = {"telea": inpaint(cv2.INPAINT_TELEA), "ns": inpaint(cv2.INPAINT_NS), "grabcut_seed": grabcut_seed}

print("ready", flush=True)
for line in sys.stdin:
    method, *files = line.rstrip("\n").split("\t")
    print(METHODS[method](*files), flush=True)
