namespace Marketing.Tests.Crash;

/// <summary>The simulated process is dead.</summary>
internal sealed class CrashedException() : Exception("The process has crashed.");
