//! Checksums of the input, as JSON: a bare module for `wasm32-unknown-unknown`, without WASI and without imports.
//!
//! The host calls [`alloc`] for a place to put the input, then [`run`], which returns where the output is.

/// CRC-32 as zip, gzip and PNG use it: the polynomial 0x04C11DB7 with its bits reversed.
const CRC_TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 {
                0xEDB8_8320 ^ (crc >> 1)
            } else {
                crc >> 1
            };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
};

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| {
        CRC_TABLE[usize::from(crc as u8 ^ byte)] ^ (crc >> 8)
    })
}

/// Adler-32, as zlib uses it.
fn adler32(bytes: &[u8]) -> u32 {
    const PRIME: u32 = 65521;
    let (a, b) = bytes.iter().fold((1, 0), |(a, b), &byte| {
        let a = (a + u32::from(byte)) % PRIME;
        (a, (b + a) % PRIME)
    });
    (b << 16) | a
}

fn answer(input: &[u8]) -> String {
    format!(
        r#"{{"bytes":{},"crc32":"{:08x}","adler32":"{:08x}"}}"#,
        input.len(),
        crc32(input),
        adler32(input)
    )
}

/// A place of `len` bytes that the host fills with the input.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(len: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; len].into_boxed_slice()).cast()
}

/// Answers the input; the result is the output's address in the upper half and its length in the lower one.
///
/// # Safety
/// `ptr` is what [`alloc`] returned for `len`, and is given to one call only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn run(ptr: *mut u8, len: usize) -> u64 {
    // SAFETY: the caller vouches that this is the box that `alloc` leaked.
    let input = unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(ptr, len)) };
    let output = answer(&input).into_bytes().into_boxed_slice();
    let len = output.len() as u64;
    let ptr = Box::into_raw(output).cast::<u8>() as u64;
    (ptr << 32) | len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_published_check_values() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11E6_0398);
    }
}
