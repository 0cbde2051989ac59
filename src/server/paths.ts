import { fileURLToPath, pathToFileURL } from 'node:url';

/** Null for what is no file on this machine: untitled documents, Git's versions. */
export function pathOfUri(uri: string): string | null {
  if (!uri.startsWith('file:')) return null;
  try {
    return fileURLToPath(uri);
  } catch {
    return null;
  }
}

export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}
