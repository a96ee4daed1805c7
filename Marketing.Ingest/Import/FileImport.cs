using System.Threading.Channels;
using Marketing.Ingest.Progress;
using Marketing.Recommender.Ingestion;
using Marketing.Recommender.Ports;

namespace Marketing.Ingest.Import;

/// <summary>Imports one file of interactions: while one batch is appended the next one is read and validated.</summary>
internal sealed class FileImport(
    InteractionIntake intake, IDeadLetters deadLetters, InteractionLimits limits, CheckpointStore checkpoints, ImportFolder folder, TimeProvider time)
{
    private const int BatchesAhead = 4;

    /// <summary>Imports the file from where it was interrupted, or from its start.</summary>
    /// <exception cref="InvalidDataException">It cannot be read; what came before that point is imported.</exception>
    public async Task<(Checkpoint Done, string? Rejects)> RunAsync(
        string path, ImportOptions options, IProgressDisplay progress, CancellationToken cancellationToken)
    {
        using var input = InputFile.Open(path, options.Format);
        var checkpoint = checkpoints.Resume(Checkpoint.Begin(path, time.GetUtcNow()));
        using var rejects = RejectFile.For(path, folder.Path, checkpoint.RejectBytes);
        using var records = Reader(input, options.Fields);
        var reader = new InteractionReader(limits, new FixedClock(checkpoint.StartedAt));
        var batches = Channel.CreateBounded<ImportBatch>(BatchesAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Run(() => ReadAsync(records, reader, checkpoint.Line, batches.Writer, stop.Token), CancellationToken.None);

        progress.Start(Path.GetFileName(path), input.Length, checkpoint.Totals.Records);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                checkpoint = await AppendAsync(batch, checkpoint, path, rejects, cancellationToken);
                checkpoints.Save(checkpoint);
                progress.Report(input.Position, checkpoint.Totals);
            }
        }
        finally
        {
            await progress.StopAsync();
            await stop.CancelAsync();
            await reading;
        }

        checkpoints.Remove(checkpoint);
        return (checkpoint, checkpoint.Totals.Rejected + checkpoint.Totals.Conflicts > 0 ? rejects.Path : null);
    }

    private async Task<Checkpoint> AppendAsync(
        ImportBatch batch, Checkpoint checkpoint, string path, RejectFile rejects, CancellationToken cancellationToken)
    {
        var outcomes = await intake.AppendAsync(batch.Interactions, cancellationToken);
        intake.CountRejected(batch.Rejects.Count);
        List<Reject> refused = [.. batch.Rejects, .. batch.Conflicts(outcomes)];
        if (refused.Count > 0)
        {
            var name = path == InputFile.StandardInput ? "stdin" : Path.GetFileName(path);
            var now = time.GetUtcNow();
            await deadLetters.AddAsync([.. refused.Select(reject => RejectLetters.Create(name, reject, now))], cancellationToken);
            rejects.Write(refused);
        }

        return checkpoint with
        {
            Line = batch.LastLine,
            Totals = checkpoint.Totals + ImportTotals.Of(outcomes, batch.Rejects.Count),
            RejectBytes = rejects.Length,
        };
    }

    private IRecordReader Reader(InputFile input, IReadOnlyList<string> fields) => input.IsCsv
        ? new CsvRecordReader(input.Content, fields)
        : new NdjsonRecordReader(input.Content, limits.MaxInteractionBytes);

    private static async Task ReadAsync(
        IRecordReader records, InteractionReader reader, long doneLine, ChannelWriter<ImportBatch> batches, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var batch in RecordBatches.Read(records, reader, doneLine, ImportOptions.BatchSize))
            {
                await batches.WriteAsync(batch, cancellationToken);
            }

            batches.Complete();
        }
        catch (Exception exception)
        {
            batches.Complete(exception); // The consumer throws it, after the batches before it.
        }
    }
}
