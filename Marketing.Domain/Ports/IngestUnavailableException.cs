namespace Marketing.Domain.Ports;

/// <summary>The ingest target cannot take interactions now. Nothing is wrong with them: the sender should retry later.</summary>
public sealed class IngestUnavailableException : Exception
{
    private IngestUnavailableException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>Makes a call to an ingest target, and reports its failure as unavailability.</summary>
    /// <remarks>Passes on a cancellation by the caller, and the exceptions that only a bug in our code throws.</remarks>
    /// <param name="target">The name of the target, to start a sentence with.</param>
    /// <param name="call">Writes to the target.</param>
    /// <exception cref="IngestUnavailableException">The call failed.</exception>
    public static async Task<T> GuardAsync<T>(string target, Func<Task<T>> call)
    {
        try
        {
            return await (call ?? throw new ArgumentNullException(nameof(call)))();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ArgumentException or ArithmeticException
            or FormatException or IndexOutOfRangeException or InvalidCastException or KeyNotFoundException or NotSupportedException
            or NullReferenceException))
        {
            throw new IngestUnavailableException($"{target} is not writable right now.", exception);
        }
    }
}
