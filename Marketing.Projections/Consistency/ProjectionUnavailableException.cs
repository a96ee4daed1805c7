namespace Marketing.Projections.Consistency;

/// <summary>A projection's store accepts no writes; the operation can be retried later.</summary>
public sealed class ProjectionUnavailableException(string projection, Exception cause)
    : Exception($"Projection '{projection}' cannot be updated right now ({cause.GetType().Name}).", cause)
{
    /// <summary>The projection's name.</summary>
    public string Projection { get; } = projection;
}
