import { useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Me } from '../../web/api/workspace/shapes.ts';
import { send } from '../api/client.ts';
import { names } from '../api/queries.ts';
import { Choice } from '../customer/forms/choice.tsx';
import { useWhoIAm } from '../shell/me.ts';
import { Title } from '../shell/title.tsx';
import { useWords } from '../words/use-words.tsx';
import { Greetings } from './greetings.tsx';
import { OfferSentences } from './offer-sentences.tsx';

/** How this person likes to work. */
export function PreferencesPage() {
  const say = useWords();
  const me = useWhoIAm();
  const queries = useQueryClient();
  const [saved, setSaved] = useState(false);
  const [letters, setLetters] = useState(me.letterKeys);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const keep = async (changed: { locale?: 'fr' | 'en'; letterKeys?: boolean }) => {
    queries.setQueryData<Me>(names.me, (before) => before && { ...before, ...changed });
    setSaved(false);
    await send('PUT', '/api/v1/workspace/preferences', changed);
    await queries.invalidateQueries({ queryKey: names.me });
    setSaved(true);
  };
  return (
    <div className="page">
      <Title>{say('preferencesTitle')}</Title>
      <div className="form-column">
        {me.advisor && (
          <p>
            <a href={`/${me.locale}/staff/own-card`}>{say('preferCard')}</a>
          </p>
        )}
        <Choice
          label={say('preferLanguage')}
          name="language"
          options={[
            { value: 'fr', label: <span lang="fr">Français</span> },
            { value: 'en', label: <span lang="en">English</span> },
          ]}
          value={me.locale}
          onChange={(locale) => void keep({ locale })}
        />
        <Choice
          label={say('preferLight')}
          name="light"
          options={[
            { value: 'auto', label: say('preferAuto') },
            { value: 'light', label: say('preferDay') },
            { value: 'dark', label: say('preferNight') },
          ]}
          value={colorScheme}
          onChange={setColorScheme}
        />
        <Choice
          label={say('preferKeys')}
          name="letters"
          options={[
            { value: 'on', label: say('on') },
            { value: 'off', label: say('off') },
          ]}
          value={letters ? 'on' : 'off'}
          onChange={(value) => {
            setLetters(value === 'on');
            void keep({ letterKeys: value === 'on' });
          }}
        />
        <p className="soft">{say('preferKeysHint')}</p>
        <p role="status">{saved && say('preferencesSaved')}</p>
        {me.advisor && me.offers && <OfferSentences name={me.advisor.name} />}
        {me.advisor && me.voicemail && <Greetings />}
        <form method="post" action={`/${me.locale}/staff/sign-out`}>
          <button type="submit" className="key-button">
            {say('navSignOut')}
          </button>
        </form>
      </div>
    </div>
  );
}
