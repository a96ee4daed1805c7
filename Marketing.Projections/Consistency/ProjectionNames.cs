namespace Marketing.Projections.Consistency;

/// <summary>What the projections are called in addresses, dead letters and metrics.</summary>
public static class ProjectionNames
{
    /// <summary>Messages by meaning.</summary>
    public const string Vectors = "vectors";

    /// <summary>Who did what with which campaign.</summary>
    public const string Graph = "graph";

    /// <summary>How campaigns perform.</summary>
    public const string Engagement = "engagement";
}
