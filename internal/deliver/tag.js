/* Marquetry tag: fills <div data-marquetry-adset="ID"> with an ad. No cookies. If no ad comes in time, the div keeps its own content. */
(function () {
  "use strict";
  var script = document.currentScript;
  var server = new URL(script ? script.src : location.href).origin;
  var PATIENCE = 300; // ms until the div's own content stays
  var SEEN = 1000; // ms for which half of the ad must be visible

  // What a div may say of the viewer and the place: data-marquetry-placement, -age, -gender, -country, -region, -device, -viewer.
  function address(box) {
    var query = new URLSearchParams({ adset_id: box.dataset.marquetryAdset });
    ["placement", "age", "gender", "country", "region", "device"].forEach(function (name) {
      var value = box.dataset["marquetry" + name[0].toUpperCase() + name.slice(1)];
      if (value) query.set(name, value);
    });
    if (box.dataset.marquetryViewer) query.set("viewer_id", box.dataset.marquetryViewer);
    if (!query.has("device")) query.set("device", /Mobi|Android|iPhone|iPad/.test(navigator.userAgent) ? "mobile" : "desktop");
    return server + "/v1/decisions?" + query;
  }

  function report(url) {
    new Image().src = url;
  }

  // Calls first once a part of the element is on screen, and then once half of it was visible for a second without a break, in a tab that is
  // in front.
  function whenSeen(element, first, then) {
    var timer = 0;
    var half = false;
    var any = false;
    function look() {
      if (any && first && !document.hidden) {
        first();
        first = null;
      }
      var visible = half && !document.hidden;
      if (visible && !timer) {
        timer = setTimeout(function () {
          observer.disconnect();
          document.removeEventListener("visibilitychange", look);
          then();
        }, SEEN);
      } else if (!visible) {
        clearTimeout(timer);
        timer = 0;
      }
    }
    var observer = new IntersectionObserver(function (entries) {
      var last = entries[entries.length - 1];
      any = last.isIntersecting;
      half = last.intersectionRatio >= 0.5;
      look();
    }, { threshold: [0, 0.5] });
    document.addEventListener("visibilitychange", look);
    observer.observe(element);
  }

  function show(box, ad) {
    // The shadow tree keeps the page's styles out and hides the div's own content, which returns if the ad is removed.
    var root = box.attachShadow ? box.attachShadow({ mode: "open" }) : box;
    root.innerHTML = ad.html;
    box.setAttribute("data-marquetry-filled", ad.ad_id);
    whenSeen(box, report.bind(null, ad.impression_url), report.bind(null, ad.viewable_url));
  }

  function fill(box) {
    if (box.marquetry) return;
    box.marquetry = true;
    var abort = new AbortController();
    var timer = setTimeout(function () {
      abort.abort();
    }, PATIENCE);
    fetch(address(box), { signal: abort.signal, credentials: "omit", referrerPolicy: "no-referrer" })
      .then(function (response) {
        return response.ok ? response.json() : { decisions: [] };
      })
      .then(function (answer) {
        clearTimeout(timer);
        if (answer.decisions.length) show(box, answer.decisions[0]);
      })
      .catch(function () {
        clearTimeout(timer); // too late or not reachable: the div's own content stays
      });
  }

  function start() {
    document.querySelectorAll("div[data-marquetry-adset]").forEach(fill);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  window.marquetry = { fill: fill, start: start };
})();
