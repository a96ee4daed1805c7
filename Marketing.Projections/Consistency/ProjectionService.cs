namespace Marketing.Projections.Consistency;

/// <summary>Checks, repairs and rebuilds projections for operators, while the system serves.</summary>
public sealed class ProjectionService(IEnumerable<IProjection> projections)
{
    private readonly IProjection[] _projections = [.. projections];

    /// <summary>The projections' names.</summary>
    public IReadOnlyList<string> Names => [.. _projections.Select(projection => projection.Name)];

    /// <summary>Rebuilds one projection from the log.</summary>
    /// <exception cref="ArgumentException">No projection has this name; the message lists the names.</exception>
    public Task<RebuildReport> RebuildAsync(string name, CancellationToken cancellationToken) =>
        Find(name).RebuildAsync(cancellationToken);

    /// <summary>Compares every projection with the log, using a sample of texts for vectors, and optionally repairs differences.</summary>
    public Task<IReadOnlyList<ConsistencyReport>> CheckAsync(bool repair, CancellationToken cancellationToken) =>
        CheckAsync(repair, full: false, cancellationToken);

    /// <inheritdoc cref="IProjection.CheckAsync" />
    public async Task<IReadOnlyList<ConsistencyReport>> CheckAsync(bool repair, bool full, CancellationToken cancellationToken)
    {
        var reports = new List<ConsistencyReport>(_projections.Length);
        foreach (var projection in _projections)
        {
            reports.Add(await projection.CheckAsync(repair, full, cancellationToken));
        }

        return reports;
    }

    private IProjection Find(string name) =>
        Array.Find(_projections, projection => projection.Name == name)
        ?? throw new ArgumentException(
            $"Unknown projection '{name}'; it must be one of {string.Join(", ", Names)}.", nameof(name));
}
