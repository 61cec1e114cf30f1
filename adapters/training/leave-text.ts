import { basename, relative } from 'node:path';
import type { ArtifactUploader } from '../artifact/upload.ts';
import { readOutput } from './output.ts';

/**
 * Leaves a text of the checkout in the run as an artifact of its own. The command may have put a link or a pipe there: it
 * is read as its other outputs are. Never throws: nobody waits for it.
 * @param file absolute
 */
export async function leaveText(
  workspace: string,
  name: string,
  file: string,
  {
    uploader,
    log,
  }: { readonly uploader: Pick<ArtifactUploader, 'upload'>; readonly log: (line: string) => void },
): Promise<void> {
  try {
    const text = await readOutput(workspace, relative(workspace, file));
    await uploader.upload(name, [{ kind: 'text', name: basename(file), text }]);
  } catch (error) {
    log(`${name} could not be left: ${String(error)}`);
  }
}
