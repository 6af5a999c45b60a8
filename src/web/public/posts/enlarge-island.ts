import type { WebContext } from '../../route.ts';

/**
 * Shows the large picture over the page. Without it, the link opens the picture by itself. Esc closes (the dialog's own
 * way), focus goes back to the link, arrows lead on, + and − enlarge, two fingers or a drag move a scanned page.
 */
const enlargeIsland = `'use strict';
(() => {
  const links = [...document.querySelectorAll('a.enlarge')];
  if (!links.length || !window.HTMLDialogElement) return;
  const fr = document.documentElement.lang === 'fr';
  const make = (tag, props = {}, parent) => {
    const made = Object.assign(document.createElement(tag), props);
    if (parent) parent.append(made);
    return made;
  };
  const dialog = make('dialog', { className: 'big' });
  dialog.setAttribute('aria-label', fr ? 'Image agrandie' : 'Enlarged image');
  const bar = make('form', { method: 'dialog' }, dialog);
  const view = make('div', { tabIndex: 0 }, dialog);
  const picture = make('img', {}, view);
  const button = (label, name, act, type = 'button') => {
    const made = make('button', { type, textContent: label }, bar);
    made.setAttribute('aria-label', name);
    if (act) made.addEventListener('click', act);
    return made;
  };
  let at = 0;
  let zoom = 1;
  let fit = 1;
  const size = (to, x = view.clientWidth / 2, y = view.clientHeight / 2) => {
    const next = Math.min(Math.max(to, 1), 8);
    const ratio = next / zoom;
    const left = (view.scrollLeft + x) * ratio - x;
    const top = (view.scrollTop + y) * ratio - y;
    zoom = next;
    picture.style.width = fit * zoom + 'px';
    view.scrollTo(left, top);
  };
  const fitIn = () => {
    const [wide, high] = [picture.naturalWidth || 1, picture.naturalHeight || 1];
    fit = Math.min(view.clientWidth, (view.clientHeight * wide) / high);
    zoom = 1;
    size(1);
  };
  const show = (index) => {
    at = (index + links.length) % links.length;
    const thumb = links[at].querySelector('img');
    picture.alt = thumb ? thumb.alt : '';
    picture.src = links[at].href;
    fitIn();
  };
  button('×', fr ? 'Fermer' : 'Close', null, 'submit');
  button('+', fr ? 'Agrandir' : 'Zoom in', () => size(zoom * 1.5));
  button('−', fr ? 'Réduire' : 'Zoom out', () => size(zoom / 1.5));
  if (links.length > 1) {
    button('‹', fr ? 'Image précédente' : 'Previous image', () => show(at - 1));
    button('›', fr ? 'Image suivante' : 'Next image', () => show(at + 1));
  }
  picture.addEventListener('load', fitIn);
  addEventListener('resize', () => dialog.open && fitIn());
  dialog.addEventListener('keydown', (event) => {
    const moves = { ArrowLeft: -1, ArrowRight: 1 };
    if (event.key === '+' || event.key === '=') size(zoom * 1.5);
    else if (event.key === '-') size(zoom / 1.5);
    else if (event.key in moves && zoom === 1 && links.length > 1) show(at + moves[event.key]);
    else return;
    event.preventDefault();
  });
  view.addEventListener('wheel', (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    size(zoom * (event.deltaY < 0 ? 1.2 : 1 / 1.2), event.offsetX - view.scrollLeft, event.offsetY - view.scrollTop);
  }, { passive: false });
  picture.addEventListener('dblclick', (event) => {
    const box = view.getBoundingClientRect();
    size(zoom > 1 ? 1 : 3, event.clientX - box.left, event.clientY - box.top);
  });
  const fingers = new Map();
  let apart = 0;
  view.addEventListener('touchmove', (event) => {
    if (event.touches.length !== 2) return;
    event.preventDefault();
    const [one, two] = event.touches;
    const distance = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
    const box = view.getBoundingClientRect();
    const [x, y] = [(one.clientX + two.clientX) / 2 - box.left, (one.clientY + two.clientY) / 2 - box.top];
    if (apart) size((zoom * distance) / apart, x, y);
    apart = distance;
  }, { passive: false });
  view.addEventListener('touchend', () => { apart = 0; });
  view.addEventListener('pointerdown', (event) => event.pointerType === 'mouse' && fingers.set(1, event));
  addEventListener('pointerup', () => fingers.clear());
  view.addEventListener('pointermove', (event) => {
    if (!fingers.size) return;
    view.scrollBy(-event.movementX, -event.movementY);
  });
  picture.draggable = false;
  dialog.addEventListener('close', () => {
    picture.removeAttribute('src');
    links[at].focus();
  });
  document.body.append(dialog);
  links.forEach((link, index) => link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
    show(index);
    view.focus();
  }));
})();
`;

/** GET /enlarge.js */
export function enlargeScript(c: WebContext): Response {
  return c.body(enlargeIsland, 200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'public, max-age=3600',
    'X-Content-Type-Options': 'nosniff',
  });
}
