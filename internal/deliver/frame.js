// Tells the page around whether there is an ad, and reports the impression once a part of it is on screen and the view once half of it was for a second.
(() => {
  "use strict";
  const { impression, viewable } = document.body.dataset;
  parent.postMessage({ marquetry: impression ? "filled" : "empty", height: document.documentElement.scrollHeight }, "*");
  if (!impression) return;
  const report = (url) => (new Image().src = url);
  let last, timer, seen;
  const look = () => {
    const front = last && !document.hidden;
    if (front && last.isIntersecting && !seen) report((seen = impression));
    if (!front || last.intersectionRatio < 0.5) timer = clearTimeout(timer);
    else timer ||= setTimeout(() => {
      observer.disconnect();
      last = null;
      report(viewable);
    }, 1000);
  };
  const observer = new IntersectionObserver((entries) => look((last = entries.pop())), { threshold: [0, 0.5] });
  observer.observe(document.body.firstElementChild);
  document.addEventListener("visibilitychange", look);
})();
