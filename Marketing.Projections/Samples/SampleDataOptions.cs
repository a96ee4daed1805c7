namespace Marketing.Projections.Samples;

/// <summary>Settings from the configuration section <see cref="Section"/>.</summary>
public sealed record SampleDataOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "SampleData";

    /// <summary>
    /// Whether to load the sample world at startup if the log is empty. Null loads it only into the embedded log, so that a database
    /// server never gets invented customers unasked.
    /// </summary>
    public bool? LoadOnFirstRun { get; init; }
}
