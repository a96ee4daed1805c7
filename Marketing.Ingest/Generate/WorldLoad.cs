using System.Globalization;
using System.Threading.Channels;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Ingest.Progress;
using Marketing.Projections.Ingestion;

namespace Marketing.Ingest.Generate;

/// <summary>Loads a world directly into the catalog and the log.</summary>
/// <remarks>Event ids are deterministic, so loading it again changes nothing.</remarks>
internal sealed class WorldLoad(ICatalog catalog, InteractionIngestion ingestion, IProgressDisplay progress, TextWriter output)
{
    private const int BatchSize = 10_000;
    private const int BatchesAhead = 2;

    public async Task<int> RunAsync(World world, long length, CancellationToken cancellationToken)
    {
        await catalog.PutCampaignsAsync([.. world.Campaigns], cancellationToken);
        var batches = Channel.CreateBounded<Interaction[]>(BatchesAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var making = Task.Run(() => MakeAsync(world, batches.Writer, stop.Token), CancellationToken.None);
        var totals = default(ImportTotals);
        progress.Start("generate", length, doneBefore: 0);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                totals += ImportTotals.Of(await ingestion.AppendAsync(batch, cancellationToken), rejected: 0);
                progress.Report(totals.Records, totals);
            }
        }
        finally
        {
            await progress.StopAsync();
            await stop.CancelAsync();
            await making;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{totals.Accepted:N0} accepted, {totals.Duplicates:N0} already there"));
        return 0;
    }

    private static async Task MakeAsync(World world, ChannelWriter<Interaction[]> batches, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var batch in world.Interactions().Chunk(BatchSize))
            {
                await batches.WriteAsync(batch, cancellationToken);
            }

            batches.Complete();
        }
        catch (Exception exception)
        {
            batches.Complete(exception);
        }
    }
}
