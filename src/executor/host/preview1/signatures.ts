/** Parameters of preview 1's functions, `i` an i32 and `I` an i64. All return an errno but `proc_exit`, which returns nothing. */
const parameters: Readonly<Record<string, string>> = {
  args_get: 'ii',
  args_sizes_get: 'ii',
  environ_get: 'ii',
  environ_sizes_get: 'ii',
  clock_res_get: 'ii',
  clock_time_get: 'iIi',
  fd_advise: 'iIIi',
  fd_allocate: 'iII',
  fd_close: 'i',
  fd_datasync: 'i',
  fd_fdstat_get: 'ii',
  fd_fdstat_set_flags: 'ii',
  fd_fdstat_set_rights: 'iII',
  fd_filestat_get: 'ii',
  fd_filestat_set_size: 'iI',
  fd_filestat_set_times: 'iIIi',
  fd_pread: 'iiiIi',
  fd_prestat_get: 'ii',
  fd_prestat_dir_name: 'iii',
  fd_pwrite: 'iiiIi',
  fd_read: 'iiii',
  fd_readdir: 'iiiIi',
  fd_renumber: 'ii',
  fd_seek: 'iIii',
  fd_sync: 'i',
  fd_tell: 'ii',
  fd_write: 'iiii',
  path_create_directory: 'iii',
  path_filestat_get: 'iiiii',
  path_filestat_set_times: 'iiiiIIi',
  path_link: 'iiiiiii',
  path_open: 'iiiiiIIii',
  path_readlink: 'iiiiii',
  path_remove_directory: 'iii',
  path_rename: 'iiiiii',
  path_symlink: 'iiiii',
  path_unlink_file: 'iii',
  poll_oneoff: 'iiii',
  proc_exit: 'i',
  proc_raise: 'i',
  sched_yield: '',
  random_get: 'ii',
  sock_accept: 'iii',
  sock_recv: 'iiiiii',
  sock_send: 'iiiii',
  sock_shutdown: 'ii',
};

/** As `wasm/functionTypes.ts` writes them, such as `(i32, i64) -> i32`. */
export const signatures: ReadonlyMap<string, string> = new Map(
  Object.entries(parameters).map(([name, types]) => {
    const list = Array.from(types, (type) => (type === 'i' ? 'i32' : 'i64')).join(', ');
    return [name, `(${list}) -> ${name === 'proc_exit' ? '()' : 'i32'}`];
  }),
);

/** Functions whose structures are laid out otherwise in `wasi_unstable`, and which are not offered there. */
export const differentInUnstable: ReadonlySet<string> = new Set([
  'fd_filestat_get',
  'path_filestat_get',
  'poll_oneoff',
]);

/** Whether a run offers a function to modules. */
export function isOffered(module: string, name: string): boolean {
  if (!signatures.has(name)) return false;
  return (
    module === 'wasi_snapshot_preview1' || (module === 'wasi_unstable' && !differentInUnstable.has(name))
  );
}
