namespace Marketing.Evaluation;

/// <summary>An error that the user can fix: a missing file, a wrong format or an unknown strategy.</summary>
/// <remarks>The message is one sentence for the user.</remarks>
public sealed class EvaluationException : Exception
{
    public EvaluationException(string message)
        : base(message)
    {
    }

    public EvaluationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public EvaluationException()
    {
    }
}
