/** `get-environment` as `getEnvironment`: how names of WIT read in JavaScript. */
export function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** `output-stream` as `OutputStream`: how resources read in JavaScript. */
export function pascalCase(name: string): string {
  const camel = camelCase(name);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

/** `wasi:io/streams@0.2.6` as its name and its version, which is null where there is none. */
export function splitVersion(name: string): { readonly base: string; readonly version: string | null } {
  const at = name.indexOf('@');
  return at < 0 ? { base: name, version: null } : { base: name.slice(0, at), version: name.slice(at + 1) };
}
