import { Type } from 'typebox';
import * as s from './scalars.ts';

const optional = Type.Optional;

/** The keys of a service that only a stateful has. */
export const statefulKeys = {
  storage: optional(
    s.keyed(
      s.volumeName('Name of the volume.'),
      s.closed(
        {
          path: s.filePath('Folder in the container.'),
          size: s.bytes('Size of the volume of each pod.'),
          class: optional(s.objectName("StorageClass; the cluster's default if left out.")),
          accessMode: optional(
            s.oneOf(
              ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'],
              'Who may mount the volume: one node, one pod, or many nodes. ReadWriteOnce if left out.',
            ),
          ),
        },
        'A volume that outlives the pod.',
      ),
      'Volumes of a stateful, by name: each pod has its own, and keeps it. They stay when pods or the service go.',
    ),
  ),
  order: optional(
    s.oneOf(
      ['ordered', 'parallel'],
      'How the pods of a stateful start and stop: one after another, or all at once. ordered if left out.',
    ),
  ),
};
