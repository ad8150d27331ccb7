import { Listr, ListrLogger, ProcessOutput, type ListrLogLevels, type ListrTask } from 'listr2';
import type { RunView, StageView } from '../domain/api/run.js';
import { isEnded, STAGES, type Stage } from '../domain/kernel/states.js';
import { plainText } from './plain-text.js';
import { stageWords } from './run-lines.js';

/** The stages of a run on a terminal: a line each that moves, and under it what the stage waits for. */
export interface StageProgress {
  show(view: RunView): void;
  /** Lets go of the terminal, also where the run goes on. */
  end(): Promise<void>;
}

/** What the line of a stage listens to. */
interface Line {
  stage?: StageView;
  isOver: boolean;
  changed: () => void;
}

/** Draws on stderr: stdout holds the result alone. */
export function drawStages(stderr: NodeJS.WriteStream = process.stderr): StageProgress {
  const lines = new Map<Stage, Line>(STAGES.map((stage) => [stage, { isOver: false, changed: () => undefined }]));
  const processOutput = new ProcessOutput(stderr, stderr);
  const drawn = new Listr([...lines].map(toTask), {
    exitOnError: false,
    registerSignalListeners: false,
    fallbackRenderer: 'simple',
    fallbackRendererOptions: { logger: new ListrLogger<ListrLogLevels>({ processOutput }) },
    rendererOptions: { logger: new ListrLogger({ processOutput }), collapseErrors: false, showErrorMessage: false },
  }).run();
  const close = (): void => {
    for (const line of lines.values()) {
      line.isOver = true;
      line.changed();
    }
  };
  return {
    show(view) {
      for (const stage of view.stages) {
        const line = lines.get(stage.stage)!;
        line.stage = stage;
        line.isOver = stage.endedAt !== null;
        line.changed();
      }
      if (isEnded(view.status)) close();
    },
    async end() {
      close();
      await drawn;
    },
  };
}

const toTask = ([name, line]: [Stage, Line]): ListrTask => ({
  title: name,
  task: (_context, task) =>
    new Promise<void>((resolve, reject) => {
      line.changed = () => {
        const { stage } = line;
        if (stage !== undefined) task.title = stageWords(stage, Date.now());
        if (!line.isOver) {
          if (stage?.waitingFor) task.output = plainText(stage.waitingFor);
          return;
        }
        line.changed = () => undefined;
        if (stage?.status === 'failed' || stage?.status === 'refused') return reject(new Error(task.title));
        if (stage?.status !== 'succeeded') task.skip(task.title);
        resolve();
      };
      line.changed();
    }),
});
