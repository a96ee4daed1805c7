namespace Marketing.Projections.Samples;

/// <summary>Whether the sample data is being loaded; until it is done, answers are incomplete.</summary>
public sealed class SampleProgress
{
    private volatile bool _isLoading;

    /// <summary>True from the start of loading until every projection has the data.</summary>
    public bool IsLoading => _isLoading;

    /// <summary>Marks the start of loading.</summary>
    public void Begin() => _isLoading = true;

    /// <summary>Marks the end of loading.</summary>
    public void End() => _isLoading = false;
}
