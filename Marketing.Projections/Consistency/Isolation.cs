using Marketing.Domain;

namespace Marketing.Projections.Consistency;

/// <summary>
/// Applies a batch and, if that fails, finds the interactions responsible. One that fails alone while others succeed is poison;
/// if nothing succeeds, the store is at fault.
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
    /// Applies logged interactions outside the queue, in a rebuild, repair or refill. Poison is skipped, because the queue turns it into
    /// dead letters.
    /// </summary>
    /// <returns>The number that could not be applied.</returns>
    /// <exception cref="ProjectionUnavailableException">Nothing could be applied, and the data is not the cause.</exception>
    public static async Task<int> ReapplyAsync(
        IProjection projection, IReadOnlyList<Interaction> batch, CancellationToken cancellationToken)
    {
        var result = await ApplyAsync(projection, batch, cancellationToken);
        var outage = result.Outage ?? (result.NothingWorked
            ? result.Failed.Select(one => one.Error).FirstOrDefault(error => !IsDataError(error))
            : null);
        return outage is null ? result.Failed.Count : throw new ProjectionUnavailableException(projection.Name, outage);
    }

    /// <summary>Whether retrying with the same value is pointless.</summary>
    public static bool IsDataError(Exception error) =>
        error is ArgumentException or FormatException or InvalidDataException or OverflowException or System.Text.Json.JsonException;

    /// <summary>Isolates failures after applying the whole batch failed with <paramref name="first"/>.</summary>
    public static async Task<IsolationResult> FindAsync(
        IProjection projection, IReadOnlyList<Interaction> batch, Exception first, CancellationToken cancellationToken)
    {
        if (batch.Count == 1)
        {
            return new IsolationResult(0, [new FailedInteraction(batch[0], first)], null);
        }

        // Probe three interactions spread over the batch, so that an outage is detected after three calls instead of a thousand.
        var failed = new List<FailedInteraction>();
        var probes = Probes(batch.Count);
        foreach (var probe in probes)
        {
            if (await TryAsync(projection, [batch[probe]], cancellationToken) is { } error)
            {
                failed.Add(new FailedInteraction(batch[probe], error));
            }
        }

        // If the probes are the whole batch, outage and poison look the same; the caller decides.
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

/// <summary>The outcome of a failed batch in one projection.</summary>
/// <param name="Succeeded">Interactions applied in parts after the whole batch failed.</param>
/// <param name="Failed">Interactions that failed alone; in an outage, only the probes.</param>
/// <param name="Outage">The error, if nothing could be applied; otherwise null.</param>
internal sealed record IsolationResult(int Succeeded, IReadOnlyList<FailedInteraction> Failed, Exception? Outage)
{
    public static readonly IsolationResult Applied = new(0, [], null);

    public bool NothingWorked => Succeeded == 0 && Failed.Count > 0;
}

/// <summary>An interaction that failed when applied alone.</summary>
internal readonly record struct FailedInteraction(Interaction Interaction, Exception Error);
