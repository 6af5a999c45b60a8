/** A voice that says nothing, for so many samples at 8,000 a second: as a command, like any voice of the product. */
export const silentVoice = (samples: number): string[] => [
  process.execPath,
  '-e',
  `const n=${2 * samples},b=Buffer.alloc(44+n);b.write('RIFF',0);b.writeUInt32LE(36+n,4);b.write('WAVEfmt ',8);b.writeUInt32LE(16,16);b.writeUInt16LE(1,20);b.writeUInt16LE(1,22);b.writeUInt32LE(8000,24);b.writeUInt32LE(16000,28);b.writeUInt16LE(2,32);b.writeUInt16LE(16,34);b.write('data',36);b.writeUInt32LE(n,40);process.stdout.write(b)`,
];
