using System.Globalization;
using System.Threading.Channels;
using Marketing.Ingest.Import.Text;
using Marketing.Ingest.Progress;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Import;

/// <summary>Imports a file of interactions; reads and validates the next batch while one is appended.</summary>
internal sealed class FileImport(
    InteractionIngestion ingestion, RejectLetters letters, InteractionLimits limits, CheckpointStore checkpoints, ImportFolder folder, TimeProvider time)
{
    private const int BatchesAhead = 4;

    /// <summary>Imports the file from its last checkpoint, or from the start.</summary>
    /// <param name="path">A path, or <see cref="InputFile.StandardInput"/>.</param>
    /// <param name="settings">How to read the file.</param>
    /// <param name="note">Receives notes for the user before the import begins.</param>
    /// <param name="progress">Displays the progress.</param>
    /// <param name="cancellationToken">Interrupts the import.</param>
    /// <exception cref="InvalidDataException">The file cannot be read at all.</exception>
    public async Task<ImportResult> RunAsync(
        string path, ImportSettings settings, Func<string, Task> note, IProgressDisplay progress, CancellationToken cancellationToken)
    {
        using var input = InputFile.Open(path, settings.Encoding);
        var layout = FileLayout.Find(input, settings, limits);
        using var records = layout.Records;
        foreach (var line in layout.Notes)
        {
            await note(line);
        }

        var checkpoint = Checkpoint.Begin(path, input.IsRepeatable, settings.Key, time.GetUtcNow());
        checkpoint = checkpoints.Resume(checkpoint);
        using var rejects = RejectFile.For(path, folder.Path, checkpoint.RejectBytes);
        var refused = new RejectSummary();
        string? broken = null;
        var reader = new InteractionReader(limits, new FixedClock(checkpoint.StartedAt));
        var batches = Channel.CreateBounded<ImportBatch>(BatchesAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Run(
            () => ReadAsync(records, reader, input.Encoding, checkpoint, batches.Writer, stop.Token), CancellationToken.None);

        progress.Start(Path.GetFileName(path), input.Length, checkpoint.Totals.Records);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                checkpoint = await AppendAsync(batch, checkpoint, rejects, refused, cancellationToken);
                checkpoints.Save(checkpoint);
                progress.Report(input.Position, checkpoint.Totals);
            }
        }
        catch (InvalidDataException exception)
        {
            broken = exception.Message;
        }
        finally
        {
            await progress.StopAsync();
            await stop.CancelAsync();
            await reading;
        }

        var removed = 0;
        if (broken is null && checkpoint.IsRepeatable)
        {
            removed = await letters.RemoveEarlierAsync(checkpoint.Path, checkpoint.StartedAt, cancellationToken);
            checkpoints.Remove(checkpoint);
        }

        return new ImportResult(checkpoint, checkpoint.Totals.Rejected + checkpoint.Totals.Conflicts > 0 ? rejects.Path : null, refused, removed, broken);
    }

    private async Task<Checkpoint> AppendAsync(
        ImportBatch batch, Checkpoint checkpoint, RejectFile rejects, RejectSummary summary, CancellationToken cancellationToken)
    {
        var outcomes = await ingestion.AppendAsync(batch.Interactions, cancellationToken);
        ingestion.CountRejected(batch.Rejects.Count);
        List<Reject> refused = [.. batch.Rejects.Concat(batch.Conflicts(outcomes)).OrderBy(static reject => reject.Line)];
        if (refused.Count > 0)
        {
            await letters.KeepAsync(checkpoint.Path, refused, time.GetUtcNow(), cancellationToken);
            rejects.Write(refused);
            summary.Add(refused);
        }

        return checkpoint with
        {
            Line = batch.LastLine,
            Totals = checkpoint.Totals + ImportTotals.Of(outcomes, batch.Rejects.Count),
            RejectBytes = rejects.Length,
        };
    }

    /// <summary>Identifies a file by name, so that a corrected file can be imported again.</summary>
    /// <remarks>Standard input is different every time.</remarks>
    private static string Place(Checkpoint from) => from.IsRepeatable
        ? Path.GetFileName(from.Path)
        : string.Create(CultureInfo.InvariantCulture, $"stdin {from.StartedAt.UtcTicks}");

    private static async Task ReadAsync(
        IRecordReader records, InteractionReader reader, TextEncoding encoding, Checkpoint from, ChannelWriter<ImportBatch> batches, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var batch in RecordBatches.Read(records, reader, encoding, from.Totals.Records, Place(from), ImportOptions.BatchSize))
            {
                await batches.WriteAsync(batch, cancellationToken);
            }

            batches.Complete();
        }
        catch (Exception exception)
        {
            batches.Complete(exception); // The consumer rethrows it after the preceding batches.
        }
    }
}
