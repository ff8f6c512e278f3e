import { readFileSync } from "node:fs";
import ts from "typescript";

/** One property of an interface or class as it stands in the source. */
export interface Member {
  /** Type as written, with single spaces. */
  type: string;
  optional: boolean;
  /** Text of the doc comment. */
  doc: string;
}

export type Members = Record<string, Member>;

/**
 * Properties of every interface, class and `Partial<…>` alias of a file by its name, those in namespaces by
 * `<namespace>.<name>`. `extends Partial<X>` counts, methods and static members do not.
 */
export function declarationsOf(path: string): Record<string, Members> {
  const found: Record<string, Members> = {};
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);

  const visit = (node: ts.Node, namespace: string): void => {
    if (ts.isModuleDeclaration(node) && node.body && ts.isModuleBlock(node.body)) {
      for (const statement of node.body.statements) {
        visit(statement, `${node.name.text}.`);
      }
    } else if (ts.isInterfaceDeclaration(node)) {
      const bases = node.heritageClauses?.flatMap((clause) => [...clause.types]) ?? [];
      found[namespace + node.name.text] = { ...inherited(bases, found, source), ...membersOf(node.members, source) };
    } else if (ts.isClassDeclaration(node) && node.name) {
      found[namespace + node.name.text] = membersOf(node.members, source);
    } else if (ts.isTypeAliasDeclaration(node)) {
      found[namespace + node.name.text] = inherited([node.type], found, source);
    }
  };
  for (const statement of source.statements) {
    visit(statement, "");
  }
  return found;
}

function membersOf(nodes: ts.NodeArray<ts.Node>, source: ts.SourceFile): Members {
  const members: Members = {};
  for (const node of nodes) {
    const isProperty = ts.isPropertySignature(node) || ts.isPropertyDeclaration(node);
    if (isProperty && node.type && !(ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static)) {
      members[node.name.getText(source)] = {
        type: node.type.getText(source).replace(/\s+/g, " "),
        optional: node.questionToken !== undefined,
        doc: ts
          .getJSDocCommentsAndTags(node)
          .map((doc) => doc.getText(source))
          .join(" "),
      };
    }
  }
  return members;
}

function inherited(bases: readonly ts.Node[], known: Record<string, Members>, source: ts.SourceFile): Members {
  const members = bases.flatMap((base) => {
    const name = /^Partial<(\w+)>$/.exec(base.getText(source))?.[1];
    return Object.entries((name === undefined ? undefined : known[name]) ?? {});
  });
  return Object.fromEntries(members.map(([name, member]) => [name, { ...member, optional: true }]));
}
