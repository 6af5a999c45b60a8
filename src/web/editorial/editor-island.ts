import type { WebContext } from '../route.ts';

/** Shows the text while one types, and takes dragged and pasted pictures into the form's own file field. */
const editorIsland = `'use strict';
(() => {
  const form = document.getElementById('editor');
  const live = document.getElementById('live');
  const files = document.getElementById('files');
  const alt = document.getElementById('alt');
  if (!form || !live || !files) return;
  const id = form.action.split('/').pop();
  let timer = 0;
  let asked = 0;
  const show = async (area) => {
    const turn = ++asked;
    const body = new FormData();
    body.append('id', id);
    body.append('markdown', area.value);
    const answer = await fetch(live.dataset.url, { method: 'POST', body }).catch(() => null);
    if (!answer || !answer.ok || turn !== asked) return;
    live.innerHTML = await answer.text();
    live.hidden = false;
  };
  for (const name of ['textFr', 'textEn']) {
    const area = document.getElementById(name);
    if (!area) continue;
    area.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => show(area), 300);
    });
  }
  const take = (list) => {
    const pictures = [...list].filter((file) => file.type.startsWith('image/'));
    if (!pictures.length) return false;
    const kept = new DataTransfer();
    kept.items.add(pictures[0]);
    files.files = kept.files;
    alt.focus();
    return true;
  };
  form.addEventListener('paste', (event) => {
    if (take(event.clipboardData.files)) event.preventDefault();
  });
  form.addEventListener('dragover', (event) => event.preventDefault());
  form.addEventListener('drop', (event) => {
    if (take(event.dataTransfer.files)) event.preventDefault();
  });
})();
`;

/** GET /staff/editor.js */
export function editorScript(c: WebContext): Response {
  return c.body(editorIsland, 200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'public, max-age=3600',
    'X-Content-Type-Options': 'nosniff',
  });
}
