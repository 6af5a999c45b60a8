import type { House } from '../../desk/house.ts';
import type { AdvisorCard } from '../../desk/views/advisor-card.ts';
import { ErrorSummary, Input, type Problems, TextArea } from '../ui/fields.tsx';
import { FormGuard } from '../ui/form-guard.tsx';
import type { Scene } from '../ui/page.tsx';

export const WRITE = 'write';

export interface WriteFormProps {
  house: House;
  scene: Scene;
  card: AdvisorCard;
  /** What was typed so far; nothing typed is ever lost. */
  typed: Readonly<Record<string, string>>;
  problems: Problems;
}

/** A message to this person, without an account. */
export function WriteForm({ house, scene, card, typed, problems }: WriteFormProps) {
  const { locale, say } = scene;
  const shared = { locale, problems };
  return (
    <>
      <ErrorSummary problems={problems} locale={locale} />
      <h1>{say('writeTitle', { name: card.name })}</h1>
      <p class="lead">{say('writeLead', { name: card.name })}</p>
      <form novalidate method="post" enctype="multipart/form-data" action={`/${locale}/contact/${card.id}/write`}>
        <FormGuard house={house} purpose={WRITE} say={say} />
        <TextArea {...shared} name="text" label={say('yourMessage')} value={typed.text} />
        <Input {...shared} name="name" label={say('yourName')} autocomplete="name" value={typed.name} />
        <div class="pair">
          <Input
            {...shared}
            name="mail"
            type="email"
            inputmode="email"
            autocomplete="email"
            label={say('yourMail')}
            hint={say('yourMailHint')}
            value={typed.mail}
          />
          <Input
            {...shared}
            name="phone"
            type="tel"
            inputmode="tel"
            autocomplete="tel"
            label={say('yourPhone')}
            hint={say('yourPhoneHint')}
            value={typed.phone}
          />
        </div>
        <Input
          {...shared}
          name="commune"
          label={say('yourCommune')}
          optional
          autocomplete="address-level2"
          value={typed.commune}
        />
        <Input {...shared} name="files" type="file" multiple label={say('files')} hint={say('filesHint')} optional />
        <button type="submit">{say('send')}</button>
      </form>
    </>
  );
}
