import type { PersonToMeet } from '../../desk/views/people-to-meet.ts';
import { photoUrl } from '../ui/facing.ts';
import type { Scene } from '../ui/page.tsx';
import { Portrait } from '../ui/portrait.tsx';

/** A row of faces: the operator is people. */
export function People({ scene, people }: { scene: Scene; people: readonly PersonToMeet[] }) {
  if (people.length < 2) return null;
  return (
    <section>
      <h2>{scene.say('peopleTitle')}</h2>
      <ul class="faces">
        {people.map((person) => (
          <li key={person.id}>
            <a href={`/${scene.locale}/contact/${person.id}`}>
              <Portrait of={{ name: person.name, photo: photoUrl(person, 'large') }} size="middle" />
              <span>{person.name}</span>
            </a>
            <span class="soft">{person.place}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
