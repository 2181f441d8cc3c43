/* Marquetry tag: shows ads in <div data-marquetry-adset="ID">. No cookies; what is in the div stays until an ad takes its place. */
(() => {
  "use strict";
  const script = document.currentScript;
  const server = new URL(script ? script.src : location.href).origin;
  const SEEN = 1000; // ms for which half of an ad must be visible
  const NEAR = "100% 0px"; // places a window's height away are asked for
  const MOST = 20; // places of a request
  const SCOPES = ["business", "account", "adset", "ad"];
  const VIEWER = "age gender country region city zip device device-model os locale timezone".split(" ");

  // What a place says, or the script's element for all of them.
  const of = (element, name) => element && element.getAttribute("data-marquetry-" + name);
  const said = (box, name) => of(box, name) || of(script, name) || undefined;

  function viewerOf(box) {
    const viewer = { id: said(box, "viewer") };
    for (const name of VIEWER) viewer[name.replace("-", "_")] = said(box, name);
    for (const name of ["interests", "audiences", "products"]) viewer[name] = said(box, name)?.split(",");
    viewer.device ||= /Mobi|Android|iPhone|iPad/.test(navigator.userAgent) ? "mobile" : "desktop";
    return viewer;
  }

  function sizeOf(box) {
    const height = said(box, "height") | 0;
    const width = (said(box, "width") || box.clientWidth) | 0;
    return height && width > 15 ? { width, height } : {};
  }

  function slotOf(box, i) {
    const slot = { id: String(i), placement: said(box, "placement"), ...sizeOf(box) };
    for (const scope of SCOPES) slot[scope + "_id"] = of(box, scope) || undefined;
    return slot;
  }

  // How often ads were shown to somebody without an id, signed by the server: kept by the page, or longer.
  const memory = of(script, "memory");
  const KEY = "marquetry " + server;
  let counter;
  function remember(text) {
    counter = text || counter;
    try {
      const kept = memory === "local" ? localStorage : memory === "session" && sessionStorage;
      if (kept && text) kept.setItem(KEY, text);
      if (kept) counter = kept.getItem(KEY) || counter;
    } catch {}
    return counter;
  }

  // The markup of an ad as nodes. The browser parses none of it, and only known elements and attributes come of it: a page may require
  // trusted types and forbid inline styles.
  const ELEMENTS = /^(article|section|div|p|span|a|img|video|source|ul|li|br)$/;
  const PLAIN = /^(alt|aria-[a-z]+|controls|decoding|dir|height|lang|loading|playsinline|preload|rel|role|sizes|srcset|tabindex|target|width)$/;
  const MARKUP = /<!--.*?-->|<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>|([^<]+)/gs;
  const CHARACTERS = { amp: "&", lt: "<", gt: ">", "#34": '"', "#39": "'" };
  const decoded = (text = "") => text.replace(/&(amp|lt|gt|#34|#39);/g, (_, name) => CHARACTERS[name]);

  function set(node, name, value) {
    if (name === "style") node.style.cssText = value;
    else if (name === "muted") node.muted = true;
    else if (PLAIN.test(name) || (/^(href|src|poster)$/.test(name) && /^https?:/i.test(value))) node.setAttribute(name, value);
  }

  function build(html) {
    const open = [document.createDocumentFragment()];
    for (const [, end, tag, attributes, text] of html.matchAll(MARKUP)) {
      if (text) open[0].append(decoded(text));
      else if (end && open.length > 1) open.shift();
      else if (tag) {
        const node = document.createElement(ELEMENTS.test(tag) ? tag : "span");
        for (const [, name, value] of attributes.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)) set(node, name, decoded(value));
        open[0].append(node);
        if (!/^(img|source|br)$/.test(tag)) open.unshift(node);
      }
    }
    return open.pop();
  }

  const report = (url) => (new Image().src = url);

  // Reports the impression once a part of the place is on screen, the view once half of it was for a second without a break, in a tab in front.
  function watch(box, ad) {
    let last, timer, seen;
    const look = () => {
      const front = last && !document.hidden;
      if (front && last.isIntersecting && !seen) report((seen = ad.impression_url));
      if (!front || last.intersectionRatio < 0.5) timer = clearTimeout(timer);
      else timer ||= setTimeout(() => end(report(ad.viewable_url)), SEEN);
    };
    const observer = new IntersectionObserver((entries) => look((last = entries.pop())), { threshold: [0, 0.5] });
    const end = () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener("visibilitychange", look);
    };
    document.addEventListener("visibilitychange", look);
    observer.observe(box);
    return end;
  }

  const places = new WeakMap(); // element → root, end of watching, busy
  const shown = []; // ids of the ads of this page
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(":host{display:block}:focus-visible{outline:2px solid;outline-offset:-2px}");

  // The shadow tree hides the own content, which comes back for want of an ad.
  function show(box, ad) {
    const place = places.get(box);
    place.end?.();
    box.removeAttribute("data-marquetry-filled");
    if (!ad) return place.root?.replaceChildren(document.createElement("slot"));
    place.root ||= box.attachShadow({ mode: "open" });
    place.root.adoptedStyleSheets = [sheet];
    place.root.replaceChildren(build(ad.html));
    box.setAttribute("data-marquetry-filled", ad.ad_id);
    box.role ||= "region";
    box.ariaLabel ||= said(box, "label") || "Advertisement";
    shown.push(ad.ad_id);
    place.end = watch(box, ad);
  }

  async function ask(viewer, boxes) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), of(script, "patience") || 300); // ms
    if (!viewer.id) viewer.counter = remember();
    const body = JSON.stringify({ slots: boxes.map(slotOf), viewer, shown: shown.slice(-200) });
    let answer = { slots: [] };
    try {
      // text needs no preflight
      const response = await fetch(server + "/v1/decisions", { method: "POST", body, signal: abort.signal, credentials: "omit", referrerPolicy: "no-referrer" });
      const told = await response.json();
      if (response.ok) answer = told;
      else console.warn("marquetry:", told.error.message);
    } catch {} // too late, or not reachable
    clearTimeout(timer);
    remember(answer.counter);
    boxes.forEach((box, i) => {
      const { decisions: [ad], reason } = answer.slots[i] || { decisions: [], reason: "unreachable" };
      places.get(box).busy = false;
      try {
        show(box, ad);
      } catch {} // an element that can have no shadow
      box.dispatchEvent(new CustomEvent("marquetry", { bubbles: true, detail: { ad, reason } }));
    });
  }

  // One request for what comes near together and has the same viewer.
  let queue = [];
  function flush() {
    const groups = {};
    for (const box of queue) (groups[JSON.stringify(viewerOf(box))] ||= []).push(box);
    queue = [];
    for (const viewer in groups) while (groups[viewer].length) ask(JSON.parse(viewer), groups[viewer].splice(0, MOST));
  }

  const near = new IntersectionObserver((entries) => {
    queue.push(...entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target));
    queue.forEach((box) => near.unobserve(box));
    flush();
  }, { rootMargin: NEAR });

  // Fills a place, also once more.
  function fill(box) {
    const place = places.get(box) || {};
    if (place.busy) return;
    place.busy = true;
    places.set(box, place);
    const { width, height } = sizeOf(box);
    if (height) box.style.minHeight = height + "px"; // the room is kept now, so that nothing moves later
    if (height && said(box, "width")) box.style.width = width + "px";
    if (said(box, "lazy") !== "off") return near.observe(box);
    queue.push(box);
    setTimeout(flush, 50); // or with what is near
  }

  const start = () => document.querySelectorAll(SCOPES.map((scope) => `[data-marquetry-${scope}]`)).forEach((box) => places.has(box) || fill(box));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  window.marquetry = { fill, start };
})();
