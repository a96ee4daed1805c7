using Marketing.Domain;

namespace Marketing.Projections.Consistency;

/// <summary>
/// Applies a batch, and when that fails finds out which interactions it is that fail. An interaction that fails alone
/// while others go through is poison; when nothing goes through it is the store that fails, and nobody is to blame.
/// </summary>
internal static class Isolation
{
    public static async Task<IsolationResult> ApplyAsync(
        IProjection projection, IReadOnlyList<Interaction> batch, CancellationToken cancellationToken)
    {
        var concerned = batch.Where(projection.Concerns).ToArray();
        var first = await TryAsync(projection, concerned, cancellationToken);
        return first is null ? IsolationResult.Applied : await FindAsync(projection, concerned, first, cancellationToken);
    }

    /// <summary>
    /// Applies what the log holds outside the queue's attempts: in a rebuild, a repair, a refill. Poison is passed over, as the
    /// queue has set it aside or will.
    /// </summary>
    /// <returns>How many could not be applied.</returns>
    /// <exception cref="ProjectionUnavailableException">Nothing could be applied, for a reason that is not in the data.</exception>
    public static async Task<int> ReapplyAsync(
        IProjection projection, IReadOnlyList<Interaction> batch, CancellationToken cancellationToken)
    {
        var result = await ApplyAsync(projection, batch, cancellationToken);
        var outage = result.Outage ?? (result.NothingWorked
            ? result.Failed.Select(one => one.Error).FirstOrDefault(error => !IsDataError(error))
            : null);
        return outage is null ? result.Failed.Count : throw new ProjectionUnavailableException(projection.Name, outage);
    }

    /// <summary>Whether another attempt with the same value is pointless.</summary>
    public static bool IsDataError(Exception error) =>
        error is ArgumentException or FormatException or InvalidDataException or OverflowException or System.Text.Json.JsonException;

    /// <summary>Goes on where applying the whole batch, all of it concerned, ended with <paramref name="first"/>.</summary>
    public static async Task<IsolationResult> FindAsync(
        IProjection projection, IReadOnlyList<Interaction> batch, Exception first, CancellationToken cancellationToken)
    {
        if (batch.Count == 1)
        {
            return new IsolationResult(0, [new FailedInteraction(batch[0], first)], null);
        }

        // Three single interactions from all over the batch, so that an outage is known after three calls and not a thousand.
        var failed = new List<FailedInteraction>();
        var probes = Probes(batch.Count);
        foreach (var probe in probes)
        {
            if (await TryAsync(projection, [batch[probe]], cancellationToken) is { } error)
            {
                failed.Add(new FailedInteraction(batch[probe], error));
            }
        }

        // Where the probes were the whole batch there is no telling; the caller decides.
        if (batch.Count > probes.Length && failed.Count == probes.Length && failed.TrueForAll(one => one.Error.GetType() == failed[0].Error.GetType()))
        {
            return new IsolationResult(0, failed, failed[0].Error);
        }

        var rest = batch.Where((_, index) => !probes.Contains(index)).ToArray();
        var succeeded = probes.Length - failed.Count + await BisectAsync(projection, rest, failed, cancellationToken);
        return new IsolationResult(succeeded, failed, null);
    }

    private static int[] Probes(int count) => [.. new[] { 0, count / 2, count - 1 }.Distinct()];

    private static async Task<int> BisectAsync(
        IProjection projection, ArraySegment<Interaction> part, List<FailedInteraction> failed, CancellationToken cancellationToken)
    {
        if (part.Count == 0)
        {
            return 0;
        }

        if (await TryAsync(projection, part, cancellationToken) is not { } error)
        {
            return part.Count;
        }

        if (part.Count == 1)
        {
            failed.Add(new FailedInteraction(part[0], error));
            return 0;
        }

        var half = part.Count / 2;
        return await BisectAsync(projection, part[..half], failed, cancellationToken)
            + await BisectAsync(projection, part[half..], failed, cancellationToken);
    }

    private static async Task<Exception?> TryAsync(
        IProjection projection, IReadOnlyList<Interaction> part, CancellationToken cancellationToken)
    {
        try
        {
            await projection.ApplyAsync(part, cancellationToken);
            return null;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return error;
        }
    }
}
