// Keys of the review page: j and k, or the arrows, move from text to text; a, r and g press the buttons of the text that has the focus,
// ? shows what keys there are. Nothing happens while somebody types, with a modifier key held, or once the keys are switched off.
(() => {
  const texts = () => [...document.querySelectorAll('.text')];
  const current = () => document.activeElement.closest('.text');
  const keys = document.querySelector('#keys');
  const said = document.querySelector('#said');
  const help = document.querySelector('#help');
  const decisions = { a: 'approve', r: 'reject', g: 'regenerate' };
  const steps = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
  const stored = 'marquetry.review.keys';
  let place = -1; // of the text that was decided on

  keys.checked = localStorage.getItem(stored) !== 'off';
  keys.addEventListener('change', () => localStorage.setItem(stored, keys.checked ? 'on' : 'off'));

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
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing || !keys.checked) return;
    if (e.target.closest?.('input, textarea, select, [contenteditable]')) return;
    if (e.key in steps && (current() || !e.key.startsWith('Arrow'))) {
      e.preventDefault();
      move(steps[e.key]);
    } else if (e.key === '?') {
      e.preventDefault();
      help.open = !help.open;
      if (help.open) help.querySelector('summary').focus();
    } else if (e.key in decisions && !e.repeat) {
      current()?.querySelector(`button[value=${decisions[e.key]}]`)?.click();
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

  // After a decision the focus goes to the next text that waits, and what became of this one is said aloud.
  document.addEventListener('htmx:beforeRequest', (e) => {
    const text = e.detail.elt.closest('.text');
    place = text ? texts().indexOf(text) : -1;
  });
  document.addEventListener('htmx:afterSwap', () => {
    if (place < 0) return;
    const all = texts();
    const refused = document.querySelector('.text:has(.fault)');
    const waiting = all.filter((t) => t.dataset.state === 'PENDING');
    said.textContent = refused ? refused.querySelector('.fault').textContent : `Done. ${waiting.length} left to decide.`;
    go(refused || waiting.find((t) => all.indexOf(t) >= place) || waiting[0] || all[Math.min(place, all.length - 1)]);
    place = -1;
  });
})();
