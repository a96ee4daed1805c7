using Marketing.Recommendations.Learned;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Recommendations.Learned;

public sealed class SingleFlightTests
{
    [Fact]
    public async Task Who_asks_while_it_runs_gets_the_running_one()
    {
        var runs = 0;
        var gate = new TaskCompletionSource();
        var flight = new SingleFlight(
            _ =>
            {
                runs++;
                return gate.Task;
            },
            TimeSpan.FromMinutes(1),
            TimeProvider.System);

        var first = flight.RunAsync();
        var second = flight.RunAsync();
        gate.SetResult();
        await Task.WhenAll(first, second);
        await flight.RunAsync();

        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task A_run_asked_for_anew_starts_after_the_running_one_and_is_shared()
    {
        var gates = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        var runs = 0;
        var flight = new SingleFlight(_ => gates[runs++].Task, TimeSpan.FromMinutes(1), TimeProvider.System);
        var first = flight.RunAsync();
        var anew = flight.RunAnewAsync();
        var shared = flight.RunAnewAsync();

        gates[0].SetResult();
        await first;
        Assert.False(anew.IsCompleted);
        gates[1].SetResult();
        await Task.WhenAll(anew, shared);

        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task A_run_asked_for_anew_starts_although_the_running_one_fails()
    {
        var gate = new TaskCompletionSource();
        var runs = 0;
        var flight = new SingleFlight(_ => runs++ == 0 ? gate.Task : Task.CompletedTask, TimeSpan.FromMinutes(1), TimeProvider.System);
        var first = flight.RunAsync();
        var anew = flight.RunAnewAsync();

        gate.SetException(new InvalidOperationException());
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        await anew;

        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Work_that_never_ends_is_given_up_and_can_be_tried_again()
    {
        var time = new FakeTimeProvider();
        var works = false;
        var started = new SemaphoreSlim(0);
        var flight = new SingleFlight(
            _ =>
            {
                started.Release();
                return works ? Task.CompletedTask : new TaskCompletionSource().Task;
            },
            TimeSpan.FromSeconds(30),
            time);

        var hung = flight.RunAsync();
        await started.WaitAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hung);

        works = true;
        await flight.RunAsync();
    }
}
