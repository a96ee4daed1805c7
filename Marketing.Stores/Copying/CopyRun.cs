using Marketing.Domain.Ports;
using Marketing.Stores.Contents;

namespace Marketing.Stores.Copying;

/// <summary>
/// Copies one log to another. Every step can be repeated: interactions are appended under their ids, other records replaced under
/// theirs, and the position is stored at the target after what it covers.
/// </summary>
/// <param name="source">The store to copy from.</param>
/// <param name="target">The store to copy to.</param>
/// <param name="progress">Told about each step.</param>
/// <param name="recordStart">
/// Writes the copy to the source's audit trail. It is called before anything is copied, so that the entry reaches the target as well
/// and both trails stay equal.
/// </param>
internal sealed class CopyRun(ICopyStore source, ICopyStore target, ICopyProgress progress, Func<Task> recordStart)
{
    private const string SourceState = "source";
    private const string PositionState = "position";
    private const int PageSize = 500;

    /// <summary>How often a comparison that differs is repeated: the source may have changed meanwhile.</summary>
    private const int Rounds = 3;

    /// <summary>After so many passes a source that changes all the time is compared as it is.</summary>
    private const int MaxPasses = 10;

    private long _added;
    private int _erased;
    private int _passes;
    private long _done;

    /// <exception cref="StoreStartupException">The target holds other data.</exception>
    public async Task<CopyResult> RunAsync(CancellationToken cancellationToken)
    {
        var hash = await BeginAsync(cancellationToken);
        await recordStart();
        var parts = new PartSync(source, target, hash);
        var erasures = new ErasureSync(source, target, hash);
        _done = (await target.Log.StatisticsAsync(cancellationToken)).Total;
        progress.Started((await source.Log.StatisticsAsync(cancellationToken)).Total, _done);
        List<ComparedPart> compared = [];
        long missing = 0;
        for (int round = 0; round < Rounds; round++)
        {
            string position = await CatchUpAsync(parts, erasures, cancellationToken);
            compared = await CompareAsync(position, cancellationToken);
            missing = 0;
            if (compared.TrueForAll(static part => part.IsEqual))
            {
                return Result();
            }

            if (compared[0].IsEqual)
            {
                continue;
            }

            var (changed, differing) = await new Reconciliation(source, target).RunAsync(position, cancellationToken);
            missing = differing;
            compared = changed == 0 ? compared : await CompareAsync(position, cancellationToken);
            if (missing == 0)
            {
                // Everything is there: what still differs was written at the target.
                return Result();
            }
        }

        return Result();

        CopyResult Result() => new(_added, _erased, parts.Unnamed, _passes, compared, missing);
    }

    /// <summary>Copies until a pass finds little that is new: a busy source always has some.</summary>
    /// <returns>The position up to which everything is at the target.</returns>
    private async Task<string> CatchUpAsync(PartSync parts, ErasureSync erasures, CancellationToken cancellationToken)
    {
        for (int pass = 1; ; pass++)
        {
            _passes++;
            long before = _added;
            _erased += await erasures.RunAsync(cancellationToken);
            string position = await AppendAsync(cancellationToken);
            bool changed = await parts.RunAsync(cancellationToken);

            // The first pass takes long, and what came meanwhile may not be behind it in the source's order.
            if (pass >= MaxPasses || (pass > 1 && !changed && _added - before < PageSize))
            {
                _erased += await erasures.RunAsync(cancellationToken);
                return position;
            }
        }
    }

    /// <summary>Refuses a target that holds other data, and gives it the key under which the source remembers erasures.</summary>
    private async Task<ErasureHash> BeginAsync(CancellationToken cancellationToken)
    {
        string? known = await target.FindStateAsync(SourceState, cancellationToken);
        if (known is not null && known != source.Identity)
        {
            throw new StoreStartupException($"{target.Name} holds a copy of another log ({known[..8]} instead of {source.Identity[..8]}): choose an empty target.");
        }

        if (known is null && await HoldsDataAsync(cancellationToken))
        {
            throw new StoreStartupException($"{target.Name} holds data that is not a copy of {source.Name}: choose an empty target.");
        }

        byte[] key = await source.FindErasureKeyAsync(cancellationToken) ?? ErasureHash.NewKey();
        await source.AddErasureKeyAsync(key, cancellationToken);
        key = (await source.FindErasureKeyAsync(cancellationToken))!;
        await target.AddErasureKeyAsync(key, cancellationToken);
        byte[]? other = await target.FindErasureKeyAsync(cancellationToken);
        if (!key.AsSpan().SequenceEqual(other))
        {
            throw new StoreStartupException($"{target.Name} was used before and has its own erasures: choose an empty target.");
        }

        await target.SetStateAsync(SourceState, source.Identity, cancellationToken);
        return new ErasureHash(key);
    }

    private async Task<bool> HoldsDataAsync(CancellationToken cancellationToken)
    {
        if ((await target.Log.StatisticsAsync(cancellationToken)).Total > 0)
        {
            return true;
        }

        foreach (var part in target.Parts)
        {
            if ((await part.ReadAsync(null, 1, cancellationToken)).Records.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Appends what the source has after the stored position.</summary>
    /// <returns>The position up to which everything is at the target.</returns>
    private async Task<string> AppendAsync(CancellationToken cancellationToken)
    {
        string? position = await target.FindStateAsync(PositionState, cancellationToken);
        while (true)
        {
            var page = await source.ReadAsync(position, PageSize, cancellationToken);
            if (page.Interactions.Count > 0)
            {
                var outcomes = await target.Log.AppendAsync(page.Interactions, cancellationToken);
                int added = outcomes.Count(static outcome => outcome == AppendOutcome.Accepted);
                _added += added;
                _done += added;
                progress.Copied(_done);
            }

            if (page.Next != position)
            {
                position = page.Next;
                await target.SetStateAsync(PositionState, position, cancellationToken);
            }

            if (page.IsEnd)
            {
                return position;
            }
        }
    }

    private async Task<List<ComparedPart>> CompareAsync(string position, CancellationToken cancellationToken)
    {
        var compared = new List<ComparedPart>
        {
            new(await source.SummarizeAsync(position, cancellationToken), await target.SummarizeAsync(null, cancellationToken)),
        };
        foreach (var part in source.Parts)
        {
            var other = target.Parts.First(one => one.Name == part.Name);
            compared.Add(new ComparedPart(
                await part.SummarizeAsync(cancellationToken), await other.SummarizeAsync(cancellationToken)));
        }

        return compared;
    }
}
