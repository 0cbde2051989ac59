// Sources of crates from crates.io, for what is measured on code that people wrote.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheDir } from './places.mjs';

/**
 * Fetches a crate into cargo's own cache.
 *
 * @param {string} name as `serde@1.0.0`
 * @returns its folder
 */
export function fetchCrate(name) {
  const [crate = '', version = ''] = name.split('@');
  const probe = join(cacheDir, 'fetched-crates', name);
  mkdirSync(join(probe, 'src'), { recursive: true });
  writeFileSync(join(probe, 'src', 'lib.rs'), '');
  writeFileSync(
    join(probe, 'Cargo.toml'),
    `[package]\nname = "probe"\nversion = "0.0.0"\nedition = "2021"\n\n[workspace]\n\n[dependencies]\n${crate} = "=${version}"\n`,
  );
  // Not `cargo metadata`, which leaves out crates that are programs only.
  execFileSync('cargo', ['fetch', '--quiet'], { cwd: probe, stdio: ['ignore', 'inherit', 'ignore'] });
  const registries = join(process.env['CARGO_HOME'] ?? join(homedir(), '.cargo'), 'registry', 'src');
  const found = readdirSync(registries)
    .map((registry) => join(registries, registry, `${crate}-${version}`))
    .find((dir) => existsSync(dir));
  if (found === undefined) throw new Error(`cargo did not fetch ${name}.`);
  return found;
}
