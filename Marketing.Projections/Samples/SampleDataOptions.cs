namespace Marketing.Projections.Samples;

/// <summary>When the sample data is loaded.</summary>
/// <remarks>Bound from the section <see cref="Section"/>.</remarks>
public sealed record SampleDataOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "SampleData";

    /// <summary>
    /// Whether to load the sample world at startup if the log is empty. Not set: loads it only into the embedded log, so that a database
    /// server never gets invented customers unasked.
    /// </summary>
    public bool? LoadOnFirstRun { get; init; }
}
