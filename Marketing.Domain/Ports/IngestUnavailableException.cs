namespace Marketing.Domain.Ports;

/// <summary>The ingest target cannot take interactions now. Nothing is wrong with them: the sender should retry later.</summary>
public sealed class IngestUnavailableException : Exception
{
    public IngestUnavailableException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>
    /// Whether an exception of a store call means that the store is unavailable: anything but a cancellation by the caller and the
    /// exceptions that only a bug of ours throws.
    /// </summary>
    public static bool IsUnavailability(Exception exception) => exception is not (
        OperationCanceledException or ArgumentException or ArithmeticException or FormatException or IndexOutOfRangeException
        or InvalidCastException or KeyNotFoundException or NotImplementedException or NotSupportedException or NullReferenceException);
}
