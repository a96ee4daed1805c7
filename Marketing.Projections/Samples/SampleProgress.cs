namespace Marketing.Projections.Samples;

/// <summary>Whether the sample data is being loaded: until it is projected and learned from, answers are not what they will be.</summary>
public sealed class SampleProgress
{
    private volatile bool _isLoading;

    /// <summary>True from the moment the loading begins until every projection has the data.</summary>
    public bool IsLoading => _isLoading;

    /// <summary>Notes that it has begun.</summary>
    public void Begin() => _isLoading = true;

    /// <summary>Notes that it is done.</summary>
    public void End() => _isLoading = false;
}
