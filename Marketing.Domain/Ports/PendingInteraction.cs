using System.Diagnostics;

namespace Marketing.Domain.Ports;

/// <summary>A leased interaction.</summary>
/// <param name="Interaction">What is to be projected.</param>
/// <param name="Attempt">1 for the first claim, one more for each claim since.</param>
/// <param name="Trace">The span that made it pending, when its trace is recorded.</param>
public readonly record struct PendingInteraction(Interaction Interaction, int Attempt, ActivityContext? Trace = null);
