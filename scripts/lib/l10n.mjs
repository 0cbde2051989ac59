// The texts that can be translated: those of package.json stand in package.nls.json, and those that the editor room
// hands to `vscode.l10n.t` in l10n/bundle.l10n.json. Read from the syntax tree, as VS Code's own tool does, which
// brings a translation service along.
import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { root } from './places.mjs';

/**
 * The sources that have VS Code at hand, and so a translation. Those that only know its types are shared with tests
 * and the command line.
 *
 * @returns {{ path: string, source: string }[]}
 */
export function editorSources() {
  return globSync([join(root, 'src', 'editor', '**', '*.ts'), join(root, 'src', 'extension.ts')])
    .sort()
    .map((path) => ({ path: relative(root, path), source: readFileSync(path, 'utf8') }))
    .filter(({ source }) => /^import \* as vscode from 'vscode';/m.test(source));
}

/**
 * Everything that sources hand to `vscode.l10n.t`, each once; its own key, as VS Code looks it up.
 *
 * @returns {Record<string, string>}
 */
export function exportBundle() {
  const messages = editorSources().flatMap(({ source }) => messagesOf(source));
  return Object.fromEntries([...new Set(messages)].sort(byCodeUnits).map((message) => [message, message]));
}

/** @param {string} source */
export function messagesOf(source) {
  /** @type {string[]} */
  const messages = [];
  visit(parse(source), (node) => {
    if (!isTranslated(node)) return true;
    const [first] = node.arguments;
    if (first && ts.isStringLiteralLike(first)) messages.push(first.text);
    return true;
  });
  return messages;
}

/** What VS Code shows of an object that is handed to it. */
const shownProperties = new Set([
  ...['title', 'placeHolder', 'prompt', 'label', 'description', 'detail', 'tooltip', 'message'],
  ...['openLabel', 'saveLabel'],
]);
const shownCalls = /\.show(?:Information|Warning|Error)Message$/;
/** What VS Code shows when it is assigned: to status items, mostly. */
const shownAssignments = /\.(?:text|tooltip|name|label|detail)$/;

/**
 * Texts that are shown and can't be translated.
 *
 * @param {string} source
 * @returns {string[]}
 */
export function untranslated(source) {
  /** @type {string[]} */
  const found = [];
  const collect = (/** @type {ts.Node} */ value) =>
    visit(value, (node) => {
      // What else is called has texts of its own, and what is compared or looked up by isn't shown.
      if (ts.isCallExpression(node) || ts.isBinaryExpression(node) || ts.isElementAccessExpression(node))
        return false;
      if (ts.isArrowFunction(node) || ts.isObjectLiteralExpression(node)) return false;
      if (ts.isConditionalExpression(node)) {
        collect(node.whenTrue);
        collect(node.whenFalse);
        return false;
      }
      const text = ts.isStringLiteralLike(node) || isTemplatePart(node) ? node.text : '';
      if (isProse(text)) found.push(text);
      return true;
    });
  visit(parse(source), (node) => {
    if (ts.isPropertyAssignment(node) && shownProperties.has(node.name.getText())) collect(node.initializer);
    if (ts.isCallExpression(node) && shownCalls.test(node.expression.getText()))
      node.arguments.forEach(collect);
    if (ts.isBinaryExpression(node) && shownAssignments.test(node.left.getText())) collect(node.right);
    return true;
  });
  return found;
}

/** Two letters beside each other, but for icons such as `$(play)` and names that stay as they are. */
function isProse(/** @type {string} */ text) {
  return /[A-Za-z]{2}/.test(text.replaceAll(/\$\([\w-]+\)|\bWASI\b|\bWorkbench\b/g, ''));
}

/**
 * @param {ts.Node} node
 * @returns {node is ts.TemplateHead | ts.TemplateMiddleOrTemplateTail}
 */
function isTemplatePart(node) {
  return ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
}

/**
 * @param {ts.Node} node
 * @returns {node is ts.CallExpression}
 */
function isTranslated(node) {
  return ts.isCallExpression(node) && /(?:^|\.)l10n\.t$/.test(node.expression.getText());
}

/** @param {string} source */
function parse(source) {
  return ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
}

/**
 * Goes through a tree as far down as the callback wants.
 *
 * @param {ts.Node} node
 * @param {(node: ts.Node) => boolean} enter
 */
function visit(node, enter) {
  if (enter(node)) ts.forEachChild(node, (child) => visit(child, enter));
}

/** @param {string} a @param {string} b */
function byCodeUnits(a, b) {
  return a < b ? -1 : Number(a > b);
}

/**
 * The manifest with a key for each of its texts, and the texts by key. What has a key already keeps it.
 *
 * @param {any} manifest
 * @param {Record<string, string>} known
 * @returns {{ manifest: unknown, texts: Record<string, string> }}
 */
export function keyTexts(manifest, known) {
  const keyed = JSON.parse(JSON.stringify(manifest));
  /** @type {Record<string, string>} */
  const texts = {};
  for (const { holder, property, key } of manifestTexts(keyed)) {
    const value = holder[property];
    if (typeof value !== 'string') continue;
    const given = /^%(.+)%$/.exec(value)?.[1];
    const name = given ?? key;
    texts[name] = given === undefined ? value : (known[given] ?? '');
    holder[property] = `%${name}%`;
  }
  return { manifest: keyed, texts };
}

/**
 * Every place of the manifest that holds a text for people, with the key that it gets.
 *
 * @param {any} manifest
 * @returns {Generator<{ holder: any, property: string | number, key: string }>}
 */
function* manifestTexts(manifest) {
  const { contributes, capabilities } = manifest;
  yield { holder: manifest, property: 'description', key: 'description' };
  for (const [name, holder] of Object.entries(capabilities)) {
    yield { holder, property: 'description', key: `capabilities.${name}` };
  }
  for (const holder of contributes.commands) {
    yield { holder, property: 'title', key: `command.${shortened(holder.command)}` };
  }
  yield* settingTexts(contributes.configuration.properties);
  for (const { type, properties } of contributes.taskDefinitions) {
    for (const [name, holder] of Object.entries(properties)) {
      yield { holder, property: 'description', key: `task.${type}.${name}` };
    }
  }
  for (const walkthrough of contributes.walkthroughs ?? []) {
    const key = `walkthrough.${walkthrough.id}`;
    for (const property of ['title', 'description'])
      yield { holder: walkthrough, property, key: `${key}.${property}` };
    for (const step of walkthrough.steps) {
      for (const property of ['title', 'description']) {
        yield { holder: step, property, key: `${key}.${step.id}.${property}` };
      }
      if (step.media.altText)
        yield { holder: step.media, property: 'altText', key: `${key}.${step.id}.altText` };
    }
  }
  for (const [at, holder] of (contributes.viewsWelcome ?? []).entries()) {
    yield { holder, property: 'contents', key: `welcome.${holder.view}.${at}` };
  }
  for (const holder of contributes.colors) {
    yield { holder, property: 'description', key: `color.${shortened(holder.id)}` };
  }
}

/** @param {any} properties */
function* settingTexts(properties) {
  for (const [id, holder] of Object.entries(/** @type {Record<string, any>} */ (properties))) {
    yield { holder, property: 'markdownDescription', key: `setting.${shortened(id)}` };
    for (const [at, value] of (holder.enum ?? []).entries()) {
      const shared = id.includes('.diagnostics.') && value !== 'default';
      const key = shared ? `setting.diagnostics.${value}` : `setting.${shortened(id)}.${value}`;
      yield { holder: holder.enumDescriptions, property: at, key };
    }
  }
}

/** @param {string} id */
function shortened(id) {
  return id.replace(/^(?:wasi-workbench|wasiWorkbench)\./, '');
}
