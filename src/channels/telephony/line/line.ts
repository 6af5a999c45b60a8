import type { Pool } from 'pg';
import { isMachine } from '../../../core/telephony/step.ts';
import { knowHolidays } from '../../../desk/areas/holidays.ts';
import { newId } from '../../../desk/id.ts';
import type { DB } from '../../../desk/tables.ts';
import { readHouse } from '../../../desk/views/call-route.ts';
import type { HouseNow } from '../../../desk/views/situation.ts';
import { clockAt } from '../../../platform/clock.ts';
import { letComeFirst, letComeSoon } from '../../../platform/come-first.ts';
import { openDatabase } from '../../../platform/db/database.ts';
import { type CallMessage, readMessage, readPhone, readStarted } from '../message.ts';
import { type Answering, answerCall } from './answer-call.ts';
import { connectEvapi } from './evapi.ts';
import { handOnInOrder } from './hand-on.ts';
import type { FromLine, LineSettings, ToLine } from './port.ts';
import { recent } from './recent.ts';
import { followVoice, type Voice } from './voice.ts';

/** On these callers are looked up. */
const CONNECTIONS = 4;

export interface OpenLine {
  hear(said: ToLine): void;
  stop(): Promise<void>;
}

/**
 * Answers Kamailio's questions, whatever else this process has to do: its own connection to Kamailio, its own to the
 * database, which come before all others where the system allows it, and no write. What is said of calls is handed on.
 */
export function openLine(settings: LineSettings, tell: (said: FromLine) => void): OpenLine {
  const { databaseUrl, door } = settings;
  knowHolidays(settings.holidays);
  const lookUps = openDatabase<DB>(databaseUrl, { most: CONNECTIONS, kept: true });
  lookUps.pool.on('connect', (client) => void letComeFirst(client));
  void openAll(lookUps.pool);
  // All its questions in one go, on a connection of its own: it takes ten times as long as a look-up, and nobody waits for it.
  const house = openDatabase<DB>(databaseUrl, { most: 1, kept: true });
  house.pool.on('connect', (client) => void letComeSoon(client));
  const clock = clockAt(settings.time);
  const voice = followVoice(settings.voice, tell);
  const houseNow = recent(() => house.kysely.connection().execute((one) => readHouse({ db: one, now: clock() })));
  const line: Answering = { db: lookUps.kysely, clock, door, voice, houseNow, recorded: new Map() };
  const trouble = (words: string, error: unknown, harmless = false) =>
    tell({ kind: 'trouble', words, error, harmless });
  const stateOf = tellStates(tell);
  const handOn = handOnInOrder();
  let isLeaving = false;
  /** Answers at once; what is told afterwards is all the house needs to write it down. */
  const asked = async (message: CallMessage, answer: (value: unknown) => void): Promise<FromLine> => {
    try {
      const { reply, answered, house } = await answerCall(line, message);
      answer(reply);
      return { kind: 'call', message, answered: { ...answered, houseStateId: stateOf(house) } };
    } catch (error) {
      trouble('a call could not be answered', error);
      return { kind: 'call', message };
    }
  };
  const take = (payload: string, answer: (value: unknown) => void) => {
    const startedAt = readStarted(payload);
    if (startedAt) return tell({ kind: 'started', at: startedAt });
    const phone = readPhone(payload);
    if (phone) return tell({ kind: 'phone', message: phone });
    const message = readMessage(payload);
    followEnd(voice, message);
    const asks = message.event === 'invited' || message.event === 'again';
    // Another process may answer it, and writes it down.
    if (asks && isLeaving) return;
    const said = asks ? asked(message, answer) : ({ kind: 'call', message } as const);
    handOn(message.id, said, tell);
  };
  const evapi = connectEvapi(door.evapi, {
    connected: () => tell({ kind: 'connected' }),
    cut: () => tell({ kind: 'cut' }),
    trouble,
    heard: (payload, answer) => {
      try {
        take(payload, answer);
      } catch (error) {
        trouble('a telephone event could not be taken', error);
      }
    },
  });
  tell({ kind: 'ready' });
  return {
    hear: (said) => {
      if (said.kind === 'say') for (const value of said.values) evapi.say(value);
      if (said.kind === 'announcer') line.announcer = said.address;
      if (said.kind === 'recorded') line.recorded = said.files;
      if (said.kind === 'spoken') voice.isReady(said.prompts);
      if (said.kind === 'leave') isLeaving = true;
      if (said.kind === 'voice') voice.isWorking(said.works);
    },
    stop: async () => {
      evapi.stop();
      await Promise.all([lookUps.close(), house.close()]);
    },
  };
}

/** All connections there may be, before the first caller comes. Those that cannot be had are made when they are needed. */
async function openAll(pool: Pool): Promise<void> {
  const opened = await Promise.allSettled(Array.from({ length: CONNECTIONS }, () => pool.connect()));
  for (const each of opened) if (each.status === 'fulfilled') each.value.release();
}

/** A phone has not answered, or there is nothing left but the announcer: what the call ends with may be heard. */
function followEnd(voice: Voice, { id, event, step }: CallMessage): void {
  if (event === 'answered' || event === 'cancelled' || event === 'missed') voice.isOver(id);
  else if (event === 'failed' ? step?.kind === 'ring' : isEnd(step)) voice.goesOn(id);
}

const isEnd = (step: CallMessage['step']) => step?.kind === 'promise' || isMachine(step);

/** Tells what everyone did, once for all calls that were decided from it. Returns the name it was given. */
function tellStates(tell: (said: FromLine) => void): (house: HouseNow) => string {
  const known = new WeakMap<HouseNow, string>();
  return (house) => {
    const told = known.get(house);
    if (told) return told;
    const id = newId();
    known.set(house, id);
    const { situation } = house;
    tell({ kind: 'house', id, at: new Date(situation.now), state: JSON.stringify(situation) });
    return id;
  };
}
