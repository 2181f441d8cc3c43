// Keys of the review page: j and k, or the arrows, move from one text or picture to the next; a, r and g press the buttons of the one that has
// the focus, b draws the border of its original, ? shows what keys there are. Nothing happens while somebody types, with a modifier key
// held, or once the keys are switched off.
(() => {
  const texts = () => [...document.querySelectorAll('.text')];
  const current = () => document.activeElement?.closest('.text');
  const keys = document.querySelector('#keys');
  const said = document.querySelector('#said');
  const help = document.querySelector('#help');
  const decisions = { a: 'approve', r: 'reject', g: 'regenerate' };
  const steps = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
  const stored = 'marquetry.review.keys';
  let place = -1; // of the text whose decision is under way

  const show = () => document.documentElement.classList.toggle('keys', keys.checked);
  keys.checked = localStorage.getItem(stored) !== 'off';
  keys.addEventListener('change', () => { localStorage.setItem(stored, keys.checked ? 'on' : 'off'); show(); });
  help.hidden = false;
  show();

  const go = (to) => {
    if (!to) return;
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: 'nearest' });
  };

  const move = (step) => {
    const all = texts(), now = all.indexOf(current());
    go(now < 0 ? all.find((t) => t.dataset.state === 'PENDING') || all[0] : all[now + step]);
  };

  const pressed = (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing || !keys.checked || place >= 0) return;
    if (e.target.closest?.('input:not([type=checkbox]), textarea, select, [contenteditable]')) return;
    if (e.key in steps && (current() || !e.key.startsWith('Arrow'))) {
      e.preventDefault();
      move(steps[e.key]);
    } else if (e.key === '?') {
      e.preventDefault();
      help.open = !help.open;
      if (help.open) help.querySelector('summary').focus();
    } else if (e.key in decisions && !e.repeat) {
      current()?.querySelector(`button[value=${decisions[e.key]}]`)?.click();
    } else if (e.key === 'b' && !e.repeat) {
      current()?.querySelector('.border input')?.click();
    }
  };
  document.addEventListener('keydown', pressed);

  // A preview is as high as its ad, and keys go on working where somebody has clicked into it.
  const fit = (frame) => {
    const inside = frame.contentDocument;
    if (!inside?.body?.firstElementChild) return;
    frame.style.height = `${Math.ceil(inside.documentElement.getBoundingClientRect().height)}px`;
    inside.addEventListener('keydown', pressed);
  };
  const fitAll = () => document.querySelectorAll('.shown iframe').forEach((frame) => fit(frame));
  document.addEventListener('load', (e) => e.target.matches?.('.shown iframe') && fit(e.target), true);
  addEventListener('resize', fitAll);
  fitAll();

  // After a decision the focus goes to the next text that waits, and what became of this one is said aloud. Until then keys do nothing.
  document.addEventListener('htmx:beforeSend', (e) => {
    const text = e.detail.elt.closest('.text');
    if (text) place = texts().indexOf(text);
  });
  document.addEventListener('htmx:afterSettle', () => {
    if (place < 0) return;
    const all = texts(), from = place;
    const refused = document.querySelector('.text:has(.fault[role])');
    const waiting = all.filter((t) => t.dataset.state === 'PENDING');
    place = -1;
    said.textContent = refused ? refused.querySelector('.fault').textContent : `Done. ${waiting.length} left to decide.`;
    go(refused || waiting.find((t) => all.indexOf(t) >= from) || waiting[0] || all[Math.min(from, all.length - 1)]);
  });
  const failed = () => {
    if (place >= 0) said.textContent = 'The server did not answer. Nothing is known of the decision: load the page again.';
    place = -1;
  };
  for (const event of ['htmx:sendError', 'htmx:responseError', 'htmx:sendAbort', 'htmx:timeout']) document.addEventListener(event, failed);
})();
