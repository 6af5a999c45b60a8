import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Certificate and key for STARTTLS from `smtp/cert.pem` and `smtp/key.pem` in the data folder; undefined without them. */
export async function readTlsFiles(dataFolder: string): Promise<{ cert: Buffer; key: Buffer } | undefined> {
  const read = (name: string) =>
    readFile(join(dataFolder, 'smtp', name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw new Error(
        `${join(dataFolder, 'smtp', name)} cannot be read (${error.code}). Make it readable for Visavis.`,
      );
    });
  const [cert, key] = await Promise.all([read('cert.pem'), read('key.pem')]);
  return cert && key ? { cert, key } : undefined;
}
