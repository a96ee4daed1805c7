namespace Marketing.Evaluation;

/// <summary>What a person can put right: a missing file, a wrong format, an unknown strategy. The message is one sentence for them.</summary>
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
