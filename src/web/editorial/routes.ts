import { get, LOCALE, post, type Route } from '../route.ts';
import { editorScript } from './editor-island.ts';
import { editPost, listToEdit, livePreview, newPost } from './editor-pages.tsx';
import { savePost } from './save-post.ts';
import { addVoiceByUrl, removeVoiceById, voicesToKeep } from './voice-pages.tsx';

const STAFF = `${LOCALE}/staff`;

/** Where posts are written, and outside voices are looked after. */
export const editorialRoutes: readonly Route[] = [
  get(`${STAFF}/posts`, 'write posts', listToEdit),
  get(`${STAFF}/posts/new`, 'write posts', newPost),
  get(`${STAFF}/posts/:id`, 'write posts', editPost),
  post(`${STAFF}/posts/:id`, 'write posts', savePost),
  post(`${STAFF}/post-preview`, 'write posts', livePreview),
  get(`${STAFF}/voices`, 'write posts', voicesToKeep),
  post(`${STAFF}/voices`, 'write posts', addVoiceByUrl),
  post(`${STAFF}/voices/:id/remove`, 'write posts', removeVoiceById),
  get('/staff/editor.js', 'anyone', editorScript),
];
