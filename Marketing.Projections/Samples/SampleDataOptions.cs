namespace Marketing.Projections.Samples;

/// <summary>Settings of the section <see cref="Section"/>.</summary>
public sealed record SampleDataOptions
{
    /// <summary>Where in the configuration.</summary>
    public const string Section = "SampleData";

    /// <summary>
    /// Whether the sample world is loaded when the process starts and the log is empty. When not set: only into the embedded
    /// log, since nobody wants invented customers in a database of their own.
    /// </summary>
    public bool? LoadOnFirstRun { get; init; }
}
