import { preparePhoto, setPhoto } from '../../../desk/advisors/photo.ts';
import { answerNotFound } from '../../problems.ts';
import type { WebContext } from '../../route.ts';
import { photoUrl } from '../../ui/facing.ts';
import { Input, type Problems } from '../../ui/fields.tsx';
import { Portrait } from '../../ui/portrait.tsx';
import { readFilled } from '../../ui/uploads.ts';
import { Buttons, goBack, showForm } from '../form-page.tsx';
import type { FoundAdvisor } from './found.ts';

type Find = (c: WebContext) => Promise<FoundAdvisor | undefined>;

/** GET /:locale/staff/advisors/:id/photo, and /:locale/staff/own-card/photo */
export const showPhotoForm = (find: Find) => async (c: WebContext) => {
  const found = await find(c);
  return found ? photoForm(c, found, {}) : answerNotFound(c);
};

/** POST — shows another photo, square and without the camera's data; or none. */
export const postPhoto = (find: Find) => async (c: WebContext) => {
  const found = await find(c);
  return found ? changePhoto(c, found) : answerNotFound(c);
};

async function changePhoto(c: WebContext, found: FoundAdvisor): Promise<Response> {
  const { actor, house } = c.var;
  const { say } = found.scene;
  const { fields, files, tooLarge } = await readFilled(c);
  const advisorId = found.advisor.id;
  if (fields.do === 'remove') {
    await house.transact((tx) => setPhoto(tx, actor, { advisorId, photo: null }));
    return goBack(c, found.path, 'removed');
  }
  const file = files[0];
  if (tooLarge) return photoForm(c, found, { photo: say('errorFiles') });
  if (!file || file.size === 0) return photoForm(c, found, { photo: say('teamPhotoNone') });
  const photo = await preparePhoto(new Uint8Array(await file.arrayBuffer()));
  if (!photo) return photoForm(c, found, { photo: say('teamPhotoBad') });
  await house.transact((tx) => setPhoto(tx, actor, { advisorId, photo }));
  return goBack(c, found.path, 'photo');
}

function photoForm(c: WebContext, { scene, advisor, name, back }: FoundAdvisor, problems: Problems) {
  const { say, locale } = scene;
  const photo = photoUrl(advisor, 'large');
  return showForm(c, scene, {
    title: say('teamPhotoTitle'),
    back,
    lead: say('teamPhotoLead'),
    problems,
    body: (
      <form novalidate method="post" enctype="multipart/form-data">
        <div class="person">
          <Portrait of={{ name, photo }} size="large" />
        </div>
        <Input locale={locale} problems={problems} name="photo" type="file" label={say('teamPhotoFile')} />
        <Buttons save={say('teamPhotoSave')} remove={photo ? say('teamPhotoRemove') : undefined} />
      </form>
    ),
  });
}
