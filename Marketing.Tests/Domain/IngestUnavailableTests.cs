using Marketing.Domain.Ports;

namespace Marketing.Tests.Domain;

public sealed class IngestUnavailableTests
{
    public static TheoryData<Exception> Failures => [new IOException("disk full"), new TimeoutException(), new ObjectDisposedException("log")];

    public static TheoryData<Exception> Bugs =>
        [new InvalidCastException(), new ArgumentOutOfRangeException(), new DivideByZeroException(), new OperationCanceledException()];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failing_target_is_unavailable(Exception failure)
    {
        var error = await Assert.ThrowsAsync<IngestUnavailableException>(() => CallAsync(failure));

        Assert.Equal("The log is not writable right now.", error.Message);
        Assert.Same(failure, error.InnerException);
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public async Task A_bug_or_a_cancellation_stays_what_it_is(Exception bug) =>
        Assert.Same(bug, await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(bug)));

    private static Task<int> CallAsync(Exception exception) =>
        IngestUnavailableException.GuardAsync("The log", () => Task.FromException<int>(exception));
}
