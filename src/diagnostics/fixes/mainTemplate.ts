/** A function of the library that takes the input and returns the output. */
export interface TextFunction {
  /** As `my_crate::convert`. */
  readonly path: string;
  readonly takes: '&str' | 'String';
}

/** A program that reads stdin and prints JSON, or what a function of the library makes of its input. */
export function mainTemplate(call: TextFunction | null): string {
  const output =
    call === null
      ? '    println!(r#"{{"inputBytes":{}}}"#, input.len());'
      : `    println!("{}", ${call.path}(${call.takes === '&str' ? '&input' : 'input'}));`;
  return `fn main() -> std::io::Result<()> {
    let input = std::io::read_to_string(std::io::stdin())?;
${output}
    Ok(())
}
`;
}
