using System.Reflection;

namespace Marketing.Tests.Crash;

/// <summary>
/// A proxy that turns every call to a port into a numbered step: the scheduler may run something else first, or the process may die
/// instead. The call itself runs to completion on its own thread, as in a real store.
/// </summary>
internal class SteppedPort<TPort> : DispatchProxy
    where TPort : class
{
    private TPort? _inner;
    private CrashPoint? _crash;

    public static TPort Before(TPort inner, CrashPoint crash)
    {
        var port = Create<TPort, SteppedPort<TPort>>();
        var stepped = (SteppedPort<TPort>)(object)port;
        (stepped._inner, stepped._crash) = (inner, crash);
        return port;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        object? Call() => targetMethod!.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null);
        var returned = targetMethod!.ReturnType;
        if (targetMethod.IsSpecialName || targetMethod.DeclaringType == typeof(IDisposable))
        {
            return Call();
        }

        if (returned == typeof(Task))
        {
            return RunAsync(Call);
        }

        var wrapper = returned.GetGenericTypeDefinition() switch
        {
            var type when type == typeof(Task<>) => nameof(RunTaskAsync),
            var type when type == typeof(ValueTask<>) => nameof(RunValueTaskAsync),
            _ => nameof(ScanAsync),
        };
        return typeof(SteppedPort<TPort>).GetMethod(wrapper, BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(returned.GetGenericArguments()).Invoke(this, [(Func<object?>)Call]);
    }

    private async Task RunAsync(Func<object?> call)
    {
        await _crash!.StepAsync();
        Whole(async () =>
        {
            await (Task)call()!;
            return true;
        });
    }

    private async Task<T> RunTaskAsync<T>(Func<object?> call)
    {
        await _crash!.StepAsync();
        return Whole(() => (Task<T>)call()!);
    }

    private async ValueTask<T> RunValueTaskAsync<T>(Func<object?> call)
    {
        await _crash!.StepAsync();
        return Whole(async () => await (ValueTask<T>)call()!);
    }

    private async IAsyncEnumerable<T> ScanAsync<T>(Func<object?> call)
    {
        var batches = ((IAsyncEnumerable<T>)call()!).GetAsyncEnumerator();
        try
        {
            while (true)
            {
                await _crash!.StepAsync();
                if (!Whole(async () => await batches.MoveNextAsync()))
                {
                    yield break;
                }

                yield return batches.Current;
            }
        }
        finally
        {
            Whole(async () =>
            {
                await batches.DisposeAsync();
                return true;
            });
        }
    }

    private static T Whole<T>(Func<Task<T>> call) => Task.Run(call).GetAwaiter().GetResult();
}
