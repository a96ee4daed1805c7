using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Recommendations;

/// <summary>How a store responds.</summary>
internal enum Health
{
    Well,
    Throws,
    Hangs,
}

/// <summary>A proxy for a real store that passes calls through, fails, or never answers.</summary>
public class Unreliable : DispatchProxy
{
    private static readonly MethodInfo HangMethod = typeof(Unreliable).GetMethod(nameof(Never), BindingFlags.NonPublic | BindingFlags.Static)!;

    private object _store = null!;
    private Func<Health> _health = null!;

    /// <summary>Puts the proxy in front of the last registration of the port.</summary>
    internal static void Decorate<TPort>(IServiceCollection services, Func<Health> health)
        where TPort : class
    {
        var registered = services.Last(service => service.ServiceType == typeof(TPort));
        services.AddSingleton(provider =>
        {
            var port = Create<TPort, Unreliable>();
            var proxy = (Unreliable)(object)port;
            proxy._health = health;
            proxy._store = registered.ImplementationFactory?.Invoke(provider)
                ?? registered.ImplementationInstance
                ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!);
            return port;
        });
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (_health())
        {
            case Health.Throws:
                throw new IOException("The store is down.");
            case Health.Hangs when targetMethod!.ReturnType is { IsGenericType: true } returned:
                var task = HangMethod.MakeGenericMethod(returned.GetGenericArguments()[0]).Invoke(null, null);
                return returned.GetGenericTypeDefinition() == typeof(Task<>) ? task : Activator.CreateInstance(returned, task);
            default:
                return targetMethod!.Invoke(_store, BindingFlags.DoNotWrapExceptions, null, args, null);
        }
    }

    private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}
